import { cache } from "react";
import type { Actor } from "@/lib/actor";
import type { AttributeValues } from "@/lib/attributes/rules";
import { db } from "@/lib/db";
import type { CampaignScope } from "@/lib/operations/schema";

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
