import { audit } from "@/lib/access/audit";
import type { Scope } from "@/lib/access/scope";
import { bulkTransaction, Prisma } from "@/lib/db";
import { formatCount } from "@/lib/format";
import { log } from "@/lib/log";
import { type Miscounted, miscounted } from "@/lib/redemptions/check";
import { ledgerCount } from "@/lib/redemptions/ledger";

/**
 * Sets the counters of a campaign's codes, and the table that lists them, to what the ledger says. Codes whose ledger has more than their
 * limit are left as they are, because no counter may say so: raise the limit first, and repair again.
 * @returns what was wrong before, as `checkRedemptions` tells it, of the codes that were mended
 */
export async function repairRedemptions(
  scope: Scope<"redemptions.write">,
): Promise<{ wrong: number; rows: Miscounted[] }> {
  const { ids, actor } = scope;
  const { applicationId, campaignId } = ids;
  const mended = await bulkTransaction(async (tx) => {
    const suspects = (await miscounted(tx, ids)).map(({ referralId }) => BigInt(referralId));
    if (suspects.length === 0) return [];
    // Locked first, and counted again by a statement that begins afterwards: a redemption may have been under way.
    await tx.$executeRaw`SELECT FROM referral r WHERE r.application_id = ${applicationId} AND r.id = ANY (${suspects}) ORDER BY r.id FOR NO KEY UPDATE`;
    const counted = ledgerCount(Prisma.sql`${applicationId}::int`, Prisma.sql`r.id`);
    const wrong = (await miscounted(tx, ids, suspects)).filter(({ ledger, limit }) => limit === 0 || ledger <= limit);
    const wrongIds = wrong.map(({ referralId }) => BigInt(referralId));
    await tx.$executeRaw`UPDATE referral r SET usage_counter = ${counted} WHERE r.application_id = ${applicationId} AND r.id = ANY (${wrongIds})`;
    await tx.$executeRaw`DELETE FROM redeemed d WHERE d.application_id = ${applicationId} AND d.campaign_id = ${campaignId} AND d.id = ANY (${wrongIds})`;
    await tx.$executeRaw`INSERT INTO redeemed (application_id, campaign_id, id, usage_counter, used_up, nearly_used_up)
      SELECT r.application_id, r.campaign_id, r.id, r.usage_counter, r.usage_limit > 0 AND r.usage_counter >= r.usage_limit,
        nearly_used_up(r.usage_limit, r.usage_counter)
      FROM referral r WHERE r.application_id = ${applicationId} AND r.id = ANY (${wrongIds}) AND r.usage_counter > 0`;
    if (wrong.length > 0)
      await audit(tx, scope, { event: "counters_repaired", subject: formatCount(wrong.length, "counter") });
    return wrong;
  });
  if (mended.length > 0)
    log.warn({ applicationId, campaignId, by: actor.name, mended }, "counters of redemptions were mended");
  return { wrong: mended.length, rows: mended.map(({ limit: _, ...row }) => row) };
}
