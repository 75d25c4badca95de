import type { CampaignIds } from "@/lib/access/scope";
import { inSelection, selectedForPage } from "@/lib/codes/chosen";
import { nearlyUsedUp, statusIs, usedUp } from "@/lib/codes/status-sql";
import { Prisma } from "@/lib/db";
import { isFrom, isUpTo } from "@/lib/referrals/list/filter/clocks";
import {
  all,
  any,
  type Condition,
  type FilterScope,
  inOneBatch,
  withinOneBatch,
} from "@/lib/referrals/list/filter/condition";
import type {
  AttributeFilter,
  ClockRange,
  DateFilter,
  ReferralFilter,
  TextFilter,
} from "@/lib/referrals/list/filter/schema";
import { advocateHas, codeHas, hasPart, searchBesides } from "@/lib/referrals/list/filter/search";
import { type SortKey, statusFilters } from "@/lib/referrals/list/filter/terms";

const { sql, join, raw } = Prisma;

/** The same in both forms. */
const found = (condition: Prisma.Sql, key?: SortKey): Condition => ({
  sql: condition,
  indexed: condition,
  ...(key && { key }),
});

const exactly = (condition: Prisma.Sql, key?: SortKey): Condition => ({ ...found(condition, key), exact: true });

function clocks(column: Prisma.Sql, { from, to }: ClockRange, zone: string, ends = false): Prisma.Sql {
  const bounds: Prisma.Sql[] = [];
  if (from !== null) bounds.push(isFrom({ column, ends }, from, zone));
  if (to !== null) bounds.push(isUpTo({ column, ends }, to, zone));
  return all(bounds);
}

function date(column: string, filter: DateFilter, zone: string, key: SortKey): Condition {
  const named = raw(column);
  if (filter === "unset") return found(sql`${named} IS NULL`, key);
  if (filter === "set") return { sql: sql`${named} IS NOT NULL`, key };
  return found(clocks(named, filter, zone, key === "validUntil"), key);
}

const usedUpThere = sql`r.used_up`;
const redeemedFrom = ({ applicationId, campaignId }: CampaignIds, asked: Prisma.Sql) =>
  sql`SELECT r.id FROM redeemed r WHERE r.application_id = ${applicationId} AND r.campaign_id = ${campaignId} AND ${asked}`;

/** Codes that were redeemed, and what that means in the narrow table of them. */
const redeemedOnly = (scope: CampaignIds, condition: Prisma.Sql, redeemed: Prisma.Sql, key?: SortKey): Condition => ({
  ...found(condition, key),
  byIds: (when) => sql`(r.id = ANY (ARRAY(${redeemedFrom(scope, redeemed)} AND ${when})) AND ${condition})`,
  redeemed,
});

function status(wanted: readonly string[], scope: FilterScope): Condition | null {
  if (statusFilters.every((one) => wanted.includes(one))) return null;
  const conditions = statusIs(scope.now);
  const asked = statusFilters.filter((one) => wanted.includes(one));
  const either = any(asked.map((one) => conditions[one]));
  if (wanted.includes("active")) return { sql: either };
  if (!wanted.includes("used up")) return found(either);
  const others = asked.filter((one) => one !== "used up").map((one) => conditions[one]);
  if (others.length === 0) return redeemedOnly(scope, either, usedUpThere);
  // All ids in one array: as one of several conditions, an array would be gone through for each row.
  const byIds = (when: Prisma.Sql) => sql`(r.id = ANY (ARRAY(${redeemedFrom(scope, usedUpThere)} AND ${when} UNION ALL
    SELECT r.id FROM referral r WHERE r.application_id = ${scope.applicationId} AND r.campaign_id = ${scope.campaignId}
      AND ${any(others)} AND ${when})) AND ${either})`;
  return { ...found(either), byIds };
}

function redemptions(scope: CampaignIds, filter: NonNullable<ReferralFilter["redemptions"]>): Condition {
  const counted = (condition: Prisma.Sql) => redeemedOnly(scope, condition, condition, "redemptions");
  if (filter === "none") return { sql: sql`r.usage_counter = 0`, key: "redemptions" };
  if (filter === "some") return counted(sql`r.usage_counter > 0`);
  if (filter === "usable") return { sql: sql`NOT ${usedUp}` };
  if (filter === "used up") return redeemedOnly(scope, usedUp, usedUpThere);
  if (filter === "nearly used up") return redeemedOnly(scope, nearlyUsedUp, sql`r.nearly_used_up`);
  const bounds: Prisma.Sql[] = [];
  if (filter.from !== null) bounds.push(sql`r.usage_counter >= ${filter.from}`);
  if (filter.to !== null) bounds.push(sql`r.usage_counter <= ${filter.to}`);
  return filter.from ? counted(all(bounds)) : { sql: all(bounds), key: "redemptions" };
}

function friend(filter: NonNullable<ReferralFilter["friend"]>): Condition {
  if (filter === "unset") return { sql: sql`r.friend_integration_id IS NULL` };
  const set = sql`r.friend_integration_id IS NOT NULL`;
  if (filter === "set") return found(set);
  if ("is" in filter) return exactly(isWhole("friend_integration_id", filter.is));
  return found(sql`(${set} AND ${hasPart(sql`r.friend_integration_id`, filter.contains)})`);
}

// Integration IDs can be longer than an index entry, so their hash is indexed.
function isWhole(column: string, value: string): Prisma.Sql {
  const id = raw(`r.${column}`);
  return sql`(hashtextextended(${id}, 0) = hashtextextended(${value}, 0) AND ${id} = ${value})`;
}

function advocate(filter: TextFilter): Condition {
  if ("is" in filter) return exactly(isWhole("advocate_integration_id", filter.is));
  return advocateHas(filter.contains);
}

function batch(scope: CampaignIds, filter: string): Condition {
  if (filter === "unset") return found(sql`r.batch_id IS NULL`);
  if (filter === "set") return { sql: sql`r.batch_id IS NOT NULL` };
  return { sql: withinOneBatch(scope, filter), indexed: inOneBatch(scope, filter), exact: true, key: "created" };
}

/** What holds of an attribute's value, or of one of a list's. `test` says it of a value (jsonb) of this type. */
function someValue(name: string, type: "string" | "number", test: (value: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  const value = sql`(r.attributes -> ${name})`;
  return sql`CASE jsonb_typeof(${value}) WHEN ${type} THEN ${test(value)}
    WHEN 'array' THEN EXISTS (SELECT FROM jsonb_array_elements(${value}) v
      WHERE CASE jsonb_typeof(v) WHEN ${type} THEN ${test(sql`v`)} END) END`;
}

// Hidden from the planner, as in `hidden`.
const attributesMeet = (path: string) => sql`r.attributes @? (SELECT ${path}::jsonpath)`;

function attribute(name: string, filter: AttributeFilter, zone: string): Condition {
  if (filter === "unset") return { sql: sql`NOT jsonb_exists(r.attributes, ${name})` };
  if (filter === "set") return { sql: sql`jsonb_exists(r.attributes, ${name})` };
  if ("oneOf" in filter) {
    // a value, or one of a list's: the path means both, and asks the index once
    const anyOf = (item: string) => filter.oneOf.map((value) => `${item} == ${JSON.stringify(value)}`).join(" || ");
    const path = `$."${name}"[*] ? (${anyOf("@")})`;
    return {
      sql: sql`r.attributes @? ${path}::jsonpath`,
      indexed: attributesMeet(path),
      exact: true,
      path: `(${anyOf(`@."${name}"[*]`)})`,
    };
  }
  if ("contains" in filter) {
    const { contains } = filter;
    return { sql: someValue(name, "string", (value) => hasPart(sql`(${value} #>> '{}')`, contains)) };
  }
  if ("times" in filter) {
    const { times } = filter;
    return {
      sql: someValue(name, "string", (value) => clocks(sql`attribute_instant(${value} #>> '{}')`, times, zone)),
    };
  }
  const { from, to } = filter.numbers;
  const bounds = (value: Prisma.Sql) => [
    ...(from === null ? [] : [sql`${value} >= ${JSON.stringify(from)}::jsonb`]),
    ...(to === null ? [] : [sql`${value} <= ${JSON.stringify(to)}::jsonb`]),
  ];
  return { sql: someValue(name, "number", (value) => all(bounds(value))) };
}

function selection(scope: CampaignIds, selectionId: string): Condition {
  const { each, all: byIds } = selectedForPage(scope, selectionId);
  return { sql: each, indexed: byIds, exact: true };
}

/** What a filter asks besides its search, condition by condition; together they are the filter. */
export function conditionsOf(scope: FilterScope, filter: ReferralFilter): Condition[] {
  const { zone } = scope;
  const conditions: (Condition | null)[] = [
    filter.status ? status(filter.status, scope) : null,
    filter.created ? exactly(clocks(sql`r.created`, filter.created, zone), "created") : null,
    filter.validFrom ? date("r.valid_from", filter.validFrom, zone, "validFrom") : null,
    filter.validUntil ? date("r.valid_until", filter.validUntil, zone, "validUntil") : null,
    filter.advocate ? advocate(filter.advocate) : null,
    filter.friend ? friend(filter.friend) : null,
    filter.batch ? batch(scope, filter.batch) : null,
    filter.origin ? found(sql`r.origin = ANY(${filter.origin})`) : null,
    filter.redemptions ? redemptions(scope, filter.redemptions) : null,
    filter.selection ? selection(scope, filter.selection) : null,
    ...Object.entries(filter.attributes ?? {}).map(([name, asked]) => attribute(name, asked, zone)),
  ];
  return conditions.filter((condition) => condition !== null);
}

/**
 * The conditions for a plan that begins with their indexes. Attributes beside another condition ask as one: the planner
 * multiplies what it guesses of hidden values, believes that two of them leave nothing, and would do without the other's index.
 * @param when whether the plan is taken, where that is decided by the statement itself
 */
export function byIndexes(conditions: Condition[], when = sql`TRUE`): Prisma.Sql[] {
  const exact = conditions.some((one) => one.exact);
  const each = (some: Condition[]) =>
    some.map(({ indexed, byIds, sql: condition }) => (!exact && byIds ? byIds(when) : (indexed ?? condition)));
  const paths = conditions.flatMap(({ path }) => path ?? []);
  const others = conditions.filter(({ path }) => path === undefined);
  if (paths.length < 2 || !others.some(({ indexed }) => indexed)) return each(conditions);
  return [attributesMeet(`$ ? (${paths.join(" && ")})`), ...each(others)];
}

/** The codes of a campaign that meet a filter, as one condition on `referral r` whose plan begins with an index. @param when as in `byIndexes` */
export function matching(scope: FilterScope, filter: ReferralFilter, when?: Prisma.Sql): Prisma.Sql {
  const campaign = sql`r.application_id = ${scope.applicationId} AND r.campaign_id = ${scope.campaignId}`;
  const asked = conditionsOf(scope, filter);
  if (filter.search !== undefined) {
    const either = [codeHas(filter.search), searchBesides(scope, filter.search)];
    const found = any(either.map(({ indexed, sql: condition }) => indexed ?? condition));
    asked.push({ sql: found, indexed: found, exact: true });
  }
  return sql`(${join([campaign, ...byIndexes(asked, when)], " AND ")})`;
}

/** The same for files and selections, which read all of them: a selection is joined as a whole. */
export function matchingAll(scope: FilterScope, { selection: selected, ...filter }: ReferralFilter): Prisma.Sql {
  const others = matching(scope, filter);
  return selected === undefined ? others : sql`(${others} AND ${inSelection(scope, selected)})`;
}
