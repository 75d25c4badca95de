import type { CampaignIds, Scope } from "@/lib/access/scope";
import { db, Prisma } from "@/lib/db";
import { DomainError } from "@/lib/errors";

/**
 * A selection whose codes are known.
 * @throws DomainError `not_found` where it is none of this campaign, or not kept any more
 */
export async function keptSelection({ ids }: Scope<"referrals.read">, selectionId: string): Promise<{ count: number }> {
  const row = await db.selection.findFirst({ where: { ...ids, id: BigInt(selectionId) } });
  if (!row || row.removed !== null) throw new DomainError("not_found", { reason: "selection_gone" });
  return { count: row.count };
}

/** That there is such a selection in the campaign. */
export const ofCampaign = (
  { applicationId, campaignId }: CampaignIds,
  id: bigint,
) => Prisma.sql`EXISTS (SELECT FROM selection
  WHERE application_id = ${applicationId} AND id = ${id} AND campaign_id = ${campaignId})`;
/** The rows of a selection, as `FROM selection_row s WHERE …`. */
export const rowsOf = ({ applicationId }: CampaignIds, id: bigint) =>
  Prisma.sql`FROM selection_row s WHERE s.application_id = ${applicationId} AND s.selection_id = ${id}`;

/**
 * Codes that a selection holds, as a condition on `referral r`; none where it is of another campaign.
 * @param stretch asks for the next of them by id, so that a part of a million costs what the part costs
 */
export function inSelection(
  scope: CampaignIds,
  selectionId: string,
  stretch?: { after: bigint | null; limit: number | null },
): Prisma.Sql {
  const id = BigInt(selectionId);
  const [ours, rows] = [ofCampaign(scope, id), rowsOf(scope, id)];
  if (!stretch) return Prisma.sql`(${ours} AND EXISTS (SELECT ${rows} AND s.referral_id = r.id))`;
  const after = Prisma.sql`${rows} AND s.referral_id > ${stretch.after ?? 0n}`;
  if (stretch.limit === null) return Prisma.sql`(${ours} AND r.id = ANY(ARRAY(SELECT s.referral_id ${after})))`;
  // Those that are gone since are passed over here: a part that came out smaller would be taken for the last one. Not asked without
  // need: in a table that was emptied and filled again the planner expects no rows, and then looks each of them up by any index.
  const there = Prisma.sql`(SELECT true FROM referral x WHERE x.application_id = ${scope.applicationId} AND x.id = s.referral_id)`;
  return Prisma.sql`(${ours} AND r.id = ANY(ARRAY(SELECT s.referral_id ${after} AND ${there}
    ORDER BY s.referral_id LIMIT ${stretch.limit})))`;
}

/** Codes that a selection would hold without some of its codes and with some others, as a condition on `referral r`. */
export function inChanged(
  scope: CampaignIds,
  changed: { selectionId: string; without: string[]; with: string[] },
): Prisma.Sql {
  const id = BigInt(changed.selectionId);
  return Prisma.sql`r.id IN (SELECT s.referral_id ${rowsOf(scope, id)} AND ${ofCampaign(scope, id)}
      AND s.referral_id <> ALL(${changed.without.map(BigInt)}::bigint[])
    UNION SELECT unnest(${changed.with.map(BigInt)}::bigint[]))`;
}

/** Codes that a selection holds, for a page of them: asked of each code on the way, or for all of them by their ids. */
export function selectedForPage(scope: CampaignIds, selectionId: string): { each: Prisma.Sql; all: Prisma.Sql } {
  const id = BigInt(selectionId);
  const [ours, rows] = [ofCampaign(scope, id), rowsOf(scope, id)];
  return {
    // a value, not EXISTS: the planner would join a million rows to find fifty
    each: Prisma.sql`(${ours} AND (SELECT true ${rows} AND s.referral_id = r.id))`,
    all: Prisma.sql`(${ours} AND r.id = ANY(ARRAY(SELECT s.referral_id ${rows})))`,
  };
}
