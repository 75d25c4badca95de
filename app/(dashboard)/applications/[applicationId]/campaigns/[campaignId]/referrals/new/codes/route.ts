import { getBatch } from "@/lib/batches/queries";
import { campaignEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { readBatchCodes } from "@/lib/referrals/create/queries";
import { batchIdField } from "@/lib/referrals/schema";

/** The codes of the batch `?batch=`, one a line, streamed. */
export const GET = campaignEndpoint("referrals.read", async ({ scope }, request) => {
  const batch = batchIdField.safeParse(new URL(request.url).searchParams.get("batch"));
  if (!batch.success) throw new DomainError("invalid", "The address names no batch: end it by ?batch= and a Batch ID.");
  if (!(await getBatch(scope, batch.data)))
    throw new DomainError("not_found", `There is no batch “${batch.data}” in this campaign.`);
  const portions = readBatchCodes(scope, batch.data);
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
});
