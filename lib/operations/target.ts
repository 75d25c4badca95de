import type { CampaignIds, Scope } from "@/lib/access/scope";
import { inSelection, keptSelection } from "@/lib/codes/chosen";
import { db, Prisma } from "@/lib/db";
import type { Selection } from "@/lib/operations/schema";

/** A stretch of rows in the order of their referral ids: those above `after`, at most `limit`; null is no bound. */
export interface Stretch {
  after: bigint | null;
  limit: number | null;
}

/**
 * The referrals a selection stands for, as a condition on `referral r`. Always within the campaign.
 * @param stretch which of them are wanted; `within` still bounds and orders the rows
 */
export function selected(scope: CampaignIds, selection: Selection, stretch?: Stretch): Prisma.Sql {
  const campaign = Prisma.sql`r.application_id = ${scope.applicationId} AND r.campaign_id = ${scope.campaignId}`;
  if (selection.by === "selection")
    return Prisma.sql`${campaign} AND ${inSelection(scope, selection.selectionId, stretch)}`;
  if (selection.by === "batch") return Prisma.sql`${campaign} AND r.batch_id = ${selection.batchId}`;
  if (selection.by === "left") {
    return Prisma.sql`${campaign} AND r.id IN (${leftIds(scope, BigInt(selection.operationId))})`;
  }
  return Prisma.sql`${campaign} AND r.id = ANY(${selection.ids.map(BigInt)}::bigint[])`;
}

/**
 * The ids of referrals that an operation left and that no other try of the same change has done, as a SELECT. A try, its undoing and the
 * undoing of that each have a row of a code that they wrote: an odd number of them means that it is done. A difference of sets, because
 * its cost hangs on no statistics.
 */
export function leftIds({ applicationId, campaignId }: CampaignIds, operationId: bigint): Prisma.Sql {
  const own = Prisma.sql`o.application_id = ${applicationId} AND o.campaign_id = ${campaignId}`;
  return Prisma.sql`
    WITH RECURSIVE before AS (
      SELECT o.id, o.selection FROM operation o WHERE ${own} AND o.id = ${operationId}
      UNION ALL
      SELECT o.id, o.selection FROM before JOIN operation o ON ${own} AND o.id = (before.selection ->> 'operationId')::bigint
    ), try AS (
      SELECT min(id) AS id FROM before
      UNION ALL
      SELECT o.id FROM try JOIN operation o ON ${own} AND o.selection ->> 'operationId' = try.id::text
    ), wrote AS (
      SELECT o.id, o.state FROM try JOIN operation o ON ${own} AND o.id = try.id AND o.state IN ('running', 'applied')
      UNION ALL
      SELECT o.id, o.state FROM wrote JOIN operation o ON ${own} AND o.undoes_id = wrote.id AND o.state IN ('running', 'applied')
    )
    SELECT referral_id FROM change
    WHERE application_id = ${applicationId} AND operation_id = ${operationId} AND refusal IN ('changed_since', 'cancelled')
    EXCEPT SELECT referral_id FROM change
    WHERE application_id = ${applicationId} AND refusal IS NULL AND operation_id = ANY (ARRAY(SELECT id FROM wrote))
    GROUP BY referral_id
    HAVING count(*) % 2 = 1 OR bool_or(operation_id = ANY (ARRAY(SELECT id FROM wrote WHERE state = 'running')))`;
}

/** That an operation `o` runs or is applied, and was not undone as a whole, or that undoing was undone. */
export function standing(applicationId: number): Prisma.Sql {
  return Prisma.sql`o.state IN ('running', 'applied') AND (
    WITH RECURSIVE chain AS (
      SELECT o.id
      UNION ALL
      SELECT u.id FROM chain JOIN operation u ON u.application_id = ${applicationId} AND u.undoes_id = chain.id
        AND u.state IN ('running', 'applied') AND u.cancelled IS NULL)
    SELECT count(*) % 2 = 1 FROM chain)`;
}

/** How many referrals a selection is about at most, without counting them. */
export async function sizeOf(scope: Scope<"referrals.read">, selection: Selection): Promise<number> {
  if (selection.by === "ids") return selection.ids.length;
  if (selection.by === "left") {
    const operation = await db.operation.findFirst({
      where: { ...scope.ids, id: BigInt(selection.operationId) },
      select: { refused: true },
    });
    return operation?.refused ?? 0;
  }
  if (selection.by === "selection") return (await keptSelection(scope, selection.selectionId)).count;
  const batch = await db.batch.findFirst({
    where: { ...scope.ids, batchId: selection.batchId },
    select: { referralCount: true },
  });
  return batch?.referralCount ?? 0;
}

/** The bounds and order of a stretch, to end a SELECT whose referral id is `id`. */
export function within(stretch: Stretch, id: Prisma.Sql): Prisma.Sql {
  const above = stretch.after === null ? Prisma.empty : Prisma.sql`AND ${id} > ${stretch.after}`;
  const first = stretch.limit === null ? Prisma.empty : Prisma.sql`ORDER BY ${id} LIMIT ${stretch.limit}`;
  return Prisma.sql`${above} ${first}`;
}
