import { linkOf } from "@/lib/campaigns/links";
import { qrFormats, qrImage } from "@/lib/campaigns/qr";
import { idField } from "@/lib/codes/schema";
import { campaignEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { codeById } from "@/lib/referrals/detail";

type Params = { applicationId: string; campaignId: string; referralId: string };

/** The QR code of a code's link: `?format=svg`, or `png`, which is downloaded. */
export const GET = campaignEndpoint<"referrals.read", Params>(
  "referrals.read",
  async ({ scope, campaign }, request, { referralId }) => {
    const format = qrFormats.find((one) => one === new URL(request.url).searchParams.get("format")) ?? "svg";
    const code = idField.safeParse(referralId).success ? await codeById(scope, referralId) : null;
    if (code === null) throw new DomainError("not_found", { reason: "codes_unknown" });
    if (!campaign.linkPattern)
      throw new DomainError("invalid", { reason: "link_pattern_missing", campaign: campaign.name });
    const { body, type } = await qrImage(linkOf(campaign.linkPattern, code), format);
    return new Response(body, {
      headers: {
        "content-type": type,
        "content-disposition": `inline; filename="qr-${code.replace(/[^A-Za-z0-9.-]+/g, "-")}.${format}"`,
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      },
    });
  },
);
