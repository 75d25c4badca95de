import { cache } from "react";
import type { Actor } from "@/lib/access/actor";
import type { AttributeValues } from "@/lib/attributes/rules";
import { getCampaign } from "@/lib/campaigns/queries";
import { db } from "@/lib/db";
import type { CampaignScope } from "@/lib/operations/schema";
import { idField } from "@/lib/referrals/schema";

/** One referral with everything people ask about it. */
export interface ReferralDetail {
  id: string;
  code: string;
  advocateIntegrationId: string;
  friendIntegrationId: string | null;
  usageLimit: number;
  usageCounter: number;
  validFrom: Date | null;
  validUntil: Date | null;
  attributes: AttributeValues;
  batchId: string | null;
  created: Date;
}

/** A referral of a campaign by the id in the address, or null. */
export const getReferral = cache(
  async (_actor: Actor, scope: CampaignScope, referralId: string): Promise<ReferralDetail | null> => {
    const row = await db.referral.findFirst({
      where: { applicationId: scope.applicationId, campaignId: scope.campaignId, id: BigInt(referralId) },
      select: {
        id: true,
        code: true,
        advocateIntegrationId: true,
        friendIntegrationId: true,
        usageLimit: true,
        usageCounter: true,
        validFrom: true,
        validUntil: true,
        attributes: true,
        batchId: true,
        created: true,
      },
    });
    return row && { ...row, id: String(row.id), attributes: row.attributes as AttributeValues };
  },
);

/** The code that an address of a referral's page is about, for the page's title; null where there is none. */
export async function codeByAddress(
  actor: Actor,
  address: { applicationId: string; campaignId: string; referralId: string },
): Promise<string | null> {
  const campaign = await getCampaign(actor, address.applicationId, address.campaignId);
  if (!campaign?.hasReferrals || !idField.safeParse(address.referralId).success) return null;
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  return (await getReferral(actor, scope, address.referralId))?.code ?? null;
}

/** Who redeemed a code, in which session and when; newest first, at most `size`. */
export async function listRedemptions(_actor: Actor, scope: CampaignScope, referralId: string, size: number) {
  const rows = await db.redemption.findMany({
    where: { applicationId: scope.applicationId, referralId: BigInt(referralId) },
    orderBy: { created: "desc" },
    take: size,
    select: { id: true, friendIntegrationId: true, sessionIntegrationId: true, created: true },
  });
  return rows.map((row) => ({ ...row, id: String(row.id) }));
}
