import { Prisma } from "@/lib/db";
import { isFrom, isUpTo } from "@/lib/referrals/list/filter/clocks";
import { type SortKey, type SortOrder, sortOf } from "@/lib/referrals/list/filter/terms";
import type { Cursor, ListPage } from "@/lib/referrals/list/search-params";

const { sql } = Prisma;

const places: Record<SortKey, Prisma.Sql> = {
  created: sql`r.created`,
  code: sql`r.code_key`,
  // codes that were never redeemed are a stretch of their own, in the order of the newest and oldest
  redemptions: sql`(CASE WHEN r.usage_counter > 0 THEN r.usage_counter ELSE date_part('epoch', r.created) END)`,
  validFrom: sql`r.valid_from`,
  validUntil: sql`r.valid_until`,
};

/** What programs can order by besides; ties are in the order of ids. No index has the order of limits. */
export type PlainKey = "id" | "usageLimit" | "usageCounter";

/** A stretch of the list that one index scan reads in order: the codes that are there are `where`. */
export interface Stretch {
  /** The table whose index that is, as `r`. `redeemed` has the place and the id of its codes only. */
  table: "referral" | "redeemed";
  where: Prisma.Sql;
  order: Prisma.Sql;
  /** What codes are asked beside `where`, of the table alone. */
  also?: Prisma.Sql[];
  /** Whether no code in it was ever redeemed. */
  unredeemed?: boolean;
}

/** The way from a page's edge on, in reading direction. */
export interface Way {
  key: SortKey | PlainKey;
  /** What rows are ordered by, of `referral r`. */
  place: Prisma.Sql;
  /**
   * One stretch after the other. Codes without a date are a stretch of their own, because they come last either way; so are
   * codes that were never redeemed, which no index of redemptions holds.
   */
  stretches: Stretch[];
  /** The order of rows that carry `stretch`, `place` and `id`. */
  order: Prisma.Sql;
  /** Whether this is read from the end to the beginning. */
  backwards: boolean;
}

const placeOf = (value: Cursor["value"]) =>
  typeof value === "number" ? sql`${new Date(value)}::timestamptz` : sql`${value}`;

/** How to read the list in this order from this page's edge on. @param zone whose days a page can begin with */
export function wayFrom(sort: SortOrder, page: ListPage, zone: string): Way {
  const { key, descending } = sortOf(sort);
  const backwards = page.at === "last" || page.at === "before";
  const falls = descending !== backwards;
  const place = places[key];
  const direction = falls ? sql`DESC` : sql`ASC`;
  const past = falls ? sql`<` : sql`>`;
  const order = key === "code" ? sql`${place} ${direction}` : sql`${place} ${direction}, r.id ${direction}`;
  const cursor = "cursor" in page ? page.cursor : null;
  const beyond = (): Prisma.Sql => {
    if (page.at === "day")
      return (falls ? isUpTo : isFrom)({ column: place, ends: key === "validUntil" }, page.day, zone);
    if (cursor === null) return sql`TRUE`;
    const value = placeOf(cursor.value);
    return key === "code"
      ? sql`${place} ${past} ${value}`
      : sql`(${place}, r.id) ${past} (${value}, ${BigInt(cursor.id)})`;
  };
  const along = (...stretches: Stretch[]): Way => {
    const byPlace = sql`place ${direction}, id ${direction}`;
    // a leading key that is the same in all rows would sort slower
    return { key, place, backwards, stretches, order: stretches.length > 1 ? sql`stretch, ${byPlace}` : byPlace };
  };
  const table = "referral";
  if (key === "created" || key === "code") return along({ table, where: beyond(), order });

  if (key === "redemptions") {
    const unredeemed = cursor !== null && Number(cursor.value) <= 0;
    const pastCursor = (place: Prisma.Sql, value: Prisma.Sql) =>
      cursor ? sql`(${place}, r.id) ${past} (${value}, ${BigInt(cursor.id)})` : sql`TRUE`;
    const pastCounter = unredeemed ? sql`TRUE` : pastCursor(sql`r.usage_counter`, sql`${cursor?.value}`);
    const pastCreated = pastCursor(sql`r.created`, sql`${new Date(-Number(cursor?.value))}::timestamptz`);
    const some: Stretch = {
      table: "redeemed",
      where: sql`(r.usage_counter > 0 AND ${pastCounter})`,
      order: sql`r.usage_counter ${direction}, r.id ${direction}`,
    };
    const none: Stretch = {
      table,
      unredeemed: true,
      where: sql`(r.usage_counter = 0 AND ${unredeemed ? pastCreated : sql`TRUE`})`,
      order: sql`r.created ${direction}, r.id ${direction}`,
    };
    if (falls) return unredeemed ? along(none) : along(some, none);
    return cursor === null || unredeemed ? along(none, some) : along(some);
  }

  const dated: Stretch = { table, where: sql`${place} IS NOT NULL`, order };
  const undated: Stretch = { table, where: sql`${place} IS NULL`, order };
  if (cursor?.value === null) {
    const pastId = sql`r.id ${past} ${BigInt(cursor.id)}`;
    const rest: Stretch = { table, where: sql`(${undated.where} AND ${pastId})`, order };
    return backwards ? along(rest, dated) : along(rest);
  }
  const rest: Stretch = { table, where: sql`(${dated.where} AND ${beyond()})`, order };
  if (backwards) return cursor ? along(rest) : along(undated, rest);
  return along(rest, undated);
}

const plainPlaces: Record<PlainKey, Prisma.Sql> = {
  id: sql`r.id`,
  usageLimit: sql`r.usage_limit`,
  usageCounter: sql`r.usage_counter`,
};

/** How to read the list from its beginning in an order that only programs ask for. */
export function plainWay(key: PlainKey, descending: boolean): Way {
  const direction = descending ? sql`DESC` : sql`ASC`;
  const place = plainPlaces[key];
  const byId = sql`r.id ${direction}`;
  const order = key === "id" ? byId : sql`${place} ${direction}, ${byId}`;
  const byPlace = sql`place ${direction}, id ${direction}`;
  if (key !== "usageCounter")
    return {
      key,
      place,
      backwards: false,
      stretches: [{ table: "referral", where: sql`TRUE`, order }],
      order: byPlace,
    };
  const some: Stretch = { table: "redeemed", where: sql`r.usage_counter > 0`, order };
  const none: Stretch = { table: "referral", unredeemed: true, where: sql`r.usage_counter = 0`, order: byId };
  const stretches = descending ? [some, none] : [none, some];
  return { key, place, backwards: false, stretches, order: sql`stretch, ${byPlace}` };
}

/** The place of a row in an order, for links to the page beside it. */
export function cursorOf(
  row: {
    id: bigint;
    code: string;
    usageCounter: number;
    created: Date;
    validFrom: Date | null;
    validUntil: Date | null;
  },
  sort: SortOrder,
): Cursor {
  const { key } = sortOf(sort);
  const id = String(row.id);
  if (key === "code") return { value: row.code, id };
  if (key === "redemptions") return { value: row.usageCounter || -Math.max(1, row.created.getTime()), id };
  return { value: row[key]?.getTime() ?? null, id };
}
