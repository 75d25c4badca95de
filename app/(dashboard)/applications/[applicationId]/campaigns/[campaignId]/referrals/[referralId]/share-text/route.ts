import { shareTextOf } from "@/lib/campaigns/share-text";
import { idField } from "@/lib/codes/schema";
import { campaignEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { getReferral } from "@/lib/referrals/detail";

type Params = { applicationId: string; campaignId: string; referralId: string };

/** The text by which the advocate of a code shares it, as the campaign's settings say. */
export const GET = campaignEndpoint<"referrals.read", Params>(
  "referrals.read",
  async ({ scope, campaign }, _, { referralId }) => {
    const referral = idField.safeParse(referralId).success ? await getReferral(scope, referralId) : null;
    if (!referral) throw new DomainError("not_found", { reason: "codes_unknown" });
    if (campaign.shareText === "")
      throw new DomainError("invalid", { reason: "share_text_missing", campaign: campaign.name });
    const { linkPattern, application } = campaign;
    return new Response(shareTextOf(campaign.shareText, referral, { linkPattern, zone: application.timeZone }), {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "x-content-type-options": "nosniff",
      },
    });
  },
);
