import { cache } from "react";
import type { Scope } from "@/lib/access/scope";
import type { AttributeValues } from "@/lib/attributes/rules";
import { idField } from "@/lib/codes/schema";
import { db } from "@/lib/db";
import type { ReferralRow } from "@/lib/referrals/rows";

/** One referral with everything people ask about it. */
export interface ReferralDetail extends Omit<ReferralRow, "id" | "campaignId" | "importId"> {
  id: string;
}

/** A referral of a campaign by the id in the address, or null. */
export function getReferral({ ids }: Scope<"referrals.read">, referralId: string): Promise<ReferralDetail | null> {
  return referralOf(ids.applicationId, ids.campaignId, referralId);
}

const referralOf = cache(
  async (applicationId: number, campaignId: number, referralId: string): Promise<ReferralDetail | null> => {
    const row = await db.referral.findFirst({
      where: { applicationId, campaignId, id: BigInt(referralId) },
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

/** The code that the id in an address stands for, for the page's title; null where there is none. */
export async function codeById(scope: Scope<"referrals.read">, referralId: string): Promise<string | null> {
  if (!idField.safeParse(referralId).success) return null;
  return (await getReferral(scope, referralId))?.code ?? null;
}
