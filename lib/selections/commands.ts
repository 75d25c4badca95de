import { recorded } from "@/lib/access/actor";
import type { Everywhere, Scope } from "@/lib/access/scope";
import { inChanged, keptSelection } from "@/lib/codes/chosen";
import { bulkTransaction, Prisma } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { campaignForWriting } from "@/lib/operations/scope";
import { matchingAll } from "@/lib/referrals/list/filter/conditions";
import { type ReferralFilter, referralFilterField } from "@/lib/referrals/list/filter/schema";
import { narrows } from "@/lib/referrals/list/filter/terms";
import { findPasted } from "@/lib/selections/pasted";
import type { Choice, Chosen } from "@/lib/selections/schema";

type Choosing = Scope<"referrals.read">;

const nothingElse = { notFound: { first: [], count: 0 }, elsewhere: [], duplicates: 0, prose: false };

/**
 * Stores which codes are chosen, as they are now: codes that come later are not in the selection. One transaction.
 * @throws DomainError `invalid` for a filter that asks for nothing without `all`; `not_found`, `feature_off`
 */
export async function chooseReferrals(scope: Choosing, { chosen }: { chosen: Chosen }): Promise<Choice> {
  const campaign = await campaignForWriting(scope);
  if (chosen.by === "ids") {
    const ids = chosen.ids.map(BigInt);
    return {
      ...(await store(scope, { origin: "ticked" }, Prisma.sql`r.id = ANY(${ids}::bigint[])`)),
      ...nothingElse,
    };
  }
  if (chosen.by === "selection") {
    await keptSelection(scope, chosen.selectionId);
    return { ...(await store(scope, { origin: "ticked" }, inChanged(scope.ids, chosen))), ...nothingElse };
  }
  const filter = referralFilterField.parse(chosen.filter);
  if (!narrows(filter) && !chosen.all) {
    throw new DomainError("invalid", { reason: "selection_of_everything" });
  }
  if (filter.selection !== undefined) await keptSelection(scope, filter.selection);
  const condition = matchingAll({ ...scope.ids, zone: campaign.timeZone, now: new Date() }, filter);
  return { ...(await store(scope, { origin: "matching", filter }, condition)), ...nothingElse };
}

/**
 * Stores the codes of a pasted text that the campaign has, and says what became of the others.
 * @throws DomainError `invalid` for a text without codes, or with too many; `not_found`, `feature_off`
 */
export async function choosePasted(scope: Choosing, text: string): Promise<Choice> {
  const { ids, outcome } = await findPasted(scope, await campaignForWriting(scope), text);
  if (ids.length === 0) return { selectionId: null, at: null, found: 0, ...outcome };
  const condition = Prisma.sql`r.id = ANY(${ids}::bigint[])`;
  return { ...(await store(scope, { origin: "pasted" }, condition)), ...outcome };
}

/**
 * Stores the codes that meet a condition on `referral r` at this moment, for a program that does not choose by a list's filter.
 * One transaction. @returns a null id where there are none
 */
export async function chooseMatching(
  scope: Choosing,
  condition: Prisma.Sql,
): Promise<Pick<Choice, "selectionId" | "found">> {
  return store(scope, { origin: "ticked" }, condition);
}

interface What {
  origin: "ticked" | "matching" | "pasted";
  filter?: ReferralFilter;
}

async function store({ actor, ids }: Choosing, what: What, condition: Prisma.Sql) {
  return bulkTransaction(async (tx) => {
    const { id, created } = await tx.selection.create({
      data: {
        ...ids,
        ...recorded(actor),
        origin: what.origin,
        filter: what.filter ? (what.filter as Prisma.InputJsonObject) : Prisma.DbNull,
      },
      select: { id: true, created: true },
    });
    const { applicationId, campaignId } = ids;
    const found = await tx.$executeRaw`
      INSERT INTO selection_row (application_id, selection_id, referral_id)
      SELECT r.application_id, ${id}, r.id FROM referral r
      WHERE r.application_id = ${applicationId} AND r.campaign_id = ${campaignId} AND ${condition} ORDER BY r.id`;
    const key = { applicationId_id: { applicationId, id } };
    if (found === 0) await tx.selection.delete({ where: key });
    else await tx.selection.update({ where: key, data: { count: found } });
    return { selectionId: found === 0 ? null : String(id), at: found === 0 ? null : created, found };
  });
}

/**
 * Removes the rows of the oldest selection that is over a day old, but for those that an operation is planned from, a schedule waits with or a view shows;
 * what it was stays known. For the worker: it takes seconds for a million rows.
 * @returns whether there was one
 */
export async function removeOldSelection(_scope: Scope<"upkeep", Everywhere>): Promise<boolean> {
  return bulkTransaction(async (tx) => {
    const [old] = await tx.$queryRaw<{ application_id: number; id: bigint }[]>`
      SELECT s.application_id, s.id FROM selection s
      WHERE s.removed IS NULL AND s.created < now() - interval '1 day'
        AND NOT EXISTS (SELECT FROM operation o WHERE o.application_id = s.application_id
          AND o.state IN ('planning', 'planned', 'waiting', 'running') AND o.selection ->> 'selectionId' = s.id::text)
        AND NOT EXISTS (SELECT FROM schedule c WHERE c.application_id = s.application_id AND c.state = 'waiting'
          AND c.selection ->> 'selectionId' = s.id::text)
        AND NOT EXISTS (SELECT FROM view v WHERE v.application_id = s.application_id AND v.campaign_id = s.campaign_id
          AND v.query ~ ('(^|&)selection=' || s.id || '(&|$)'))
      ORDER BY s.created LIMIT 1 FOR UPDATE SKIP LOCKED`;
    if (!old) return false;
    const { application_id: applicationId, id } = old;
    await tx.$executeRaw`UPDATE selection SET removed = now() WHERE application_id = ${applicationId} AND id = ${id}`;
    await tx.$executeRaw`DELETE FROM selection_row WHERE application_id = ${applicationId} AND selection_id = ${id}`;
    return true;
  });
}
