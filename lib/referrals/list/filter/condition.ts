import type { CampaignIds } from "@/lib/access/scope";
import { Prisma } from "@/lib/db";
import type { SortKey } from "@/lib/referrals/list/filter/terms";

const { sql, join, raw } = Prisma;

/** What a filter is asked of: a campaign, the zone that its days are of, and the moment that decides on statuses. */
export interface FilterScope extends CampaignIds {
  zone: string;
  now: Date;
}

/** One condition on `referral r`. */
export interface Condition {
  sql: Prisma.Sql;
  /** The same for a plan that begins with an index of it; without one, no index finds its rows. */
  indexed?: Prisma.Sql;
  /** Whether an index finds just these codes by what they hold, however many others there are. */
  exact?: boolean;
  /** What it asks of the attributes in `@`, as a part of a jsonpath, where an index knows that. */
  path?: string;
  /** Whether the index of the newest and oldest holds all that is asked. */
  coveredByList?: boolean;
  /**
   * The same instead of `indexed` where an array of ids is read for it, though only if `when` holds: a plan that is not taken
   * would read it too. Of no use beside an index that finds just these codes.
   */
  byIds?: (when: Prisma.Sql) => Prisma.Sql;
  /** What it means of `redeemed r`, where it means no code that was never redeemed. */
  redeemed?: Prisma.Sql;
  /** The order that an index of the condition has: then it is no question for each row on the way. */
  key?: SortKey;
}

/** All of some conditions, or of none. */
export const all = (parts: Prisma.Sql[]) =>
  parts.length > 1 ? sql`(${join(parts, " AND ")})` : sql`${parts[0] ?? sql`TRUE`}`;
/** Any of some conditions, of which there is one at least. */
export const any = (parts: Prisma.Sql[]) => (parts.length === 1 ? sql`${parts[0]}` : sql`(${join(parts, " OR ")})`);

// A batch is of one campaign. Asking that once, and not of each row, leaves the planner only the batch's own index.
const ofCampaign = ({ applicationId, campaignId }: CampaignIds, batchId: string) => sql`EXISTS (SELECT FROM batch
    WHERE application_id = ${applicationId} AND batch_id = ${batchId} AND campaign_id = ${campaignId})`;

/** Codes of this batch, none where it is of another campaign. */
export const inOneBatch = (scope: CampaignIds, batchId: string) =>
  sql`(r.batch_id = ${batchId} AND ${ofCampaign(scope, batchId)})`;

/**
 * The same for whoever walks the newest and oldest: the batch's index tells when its first and last codes were made, between which
 * there are few others. No index knows IS NOT DISTINCT FROM, so the batch's own, which has no order, is not taken.
 */
export function withinOneBatch(scope: CampaignIds, batchId: string): Prisma.Sql {
  const made = (edge: "min" | "max") => sql`(SELECT ${raw(edge)}(b.created) FROM referral b
    WHERE b.application_id = ${scope.applicationId} AND b.batch_id = ${batchId})`;
  return sql`(r.batch_id IS NOT DISTINCT FROM ${batchId} AND r.created BETWEEN ${made("min")} AND ${made("max")} AND ${ofCampaign(scope, batchId)})`;
}
