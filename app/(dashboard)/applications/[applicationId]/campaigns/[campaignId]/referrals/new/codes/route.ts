import { getCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { getOperation } from "@/lib/operations/queries";
import { readMadeCodes } from "@/lib/referrals/create/queries";
import { idField } from "@/lib/referrals/schema";

/** The codes that the operation `?operation=` made, one a line, streamed. */
export const GET = defineEndpoint(
  async (actor, request, { params }: { params: Promise<{ applicationId: string; campaignId: string }> }) => {
    const { applicationId, campaignId } = await params;
    const campaign = await getCampaign(actor, applicationId, campaignId);
    const id = idField.safeParse(new URL(request.url).searchParams.get("operation"));
    const scope = campaign && { applicationId: campaign.applicationId, campaignId: campaign.id };
    const operation = scope && id.success ? await getOperation(actor, scope, id.data) : null;
    if (!scope || !operation) throw new DomainError("not_found", "There is no such operation in this campaign.");
    const portions = readMadeCodes(actor, scope, operation.id);
    const encoder = new TextEncoder();
    const lines = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await portions.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value.map((code) => `${code}\n`).join("")));
      },
      cancel: () => void portions.return(undefined),
    });
    return new Response(lines, {
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  },
);
