import fc from "fast-check";
import { foldText, searchKey } from "@/lib/codes/folding";
import { statusOf } from "@/lib/codes/status";
import type { AttributeFilter, ClockRange, ReferralFilter } from "@/lib/referrals/list/filter/schema";
import {
  originFilters,
  redemptionWords,
  type SortOrder,
  sortOf,
  statusFilters,
} from "@/lib/referrals/list/filter/terms";
import { clockBound } from "@/lib/zone";

/** A referral as a test knows it. */
export interface KnownReferral {
  id: bigint;
  code: string;
  advocate: string;
  friend: string | null;
  usageLimit: number;
  usageCounter: number;
  validFrom: Date | null;
  validUntil: Date | null;
  attributes: Record<string, unknown>;
  batchId: string | null;
  origin: string;
  created: Date;
}

/** A function that remembers its answers: one filter asks the same of thousands of rows. */
function remembering<Answer>(ask: (...question: string[]) => Answer): (...question: string[]) => Answer {
  const answers = new Map<string, Answer>();
  return (...question) => {
    const key = question.join("\n");
    const answer = answers.get(key) ?? ask(...question);
    answers.set(key, answer);
    return answer;
  };
}
const bound = remembering((text, zone, edge) => clockBound(text ?? "", zone ?? "", edge as "start" | "end"));
const longestRun = remembering((text) =>
  Math.max(0, ...((text ?? "").match(/[\p{L}\p{N}]+/gu) ?? []).map((run) => [...run].length)),
);
const folds = new Map<string, string>();
function foldOf(text: string): string {
  const folded = folds.get(text) ?? foldText(text);
  folds.set(text, folded);
  return folded;
}
const keyOf = remembering((text) => searchKey(text ?? ""));

type Range<Value> = { from: Value | null; to: Value | null };

function between(number: number, range: Range<number>): boolean {
  return number >= (range.from ?? Number.NEGATIVE_INFINITY) && number <= (range.to ?? Number.POSITIVE_INFINITY);
}

function presence(value: unknown, asked: "set" | "unset"): boolean {
  return (value === null || value === undefined) === (asked === "unset");
}

function dated(date: Date | null, asked: ClockRange | "set" | "unset", zone: string, ends = false): boolean {
  if (typeof asked === "string") return presence(date, asked);
  // an end is of the day that it closes
  const of = (text: string) => (date?.getTime() ?? 0) - (ends && text.length === 10 ? 1 : 0);
  return (
    date !== null &&
    (asked.from === null || of(asked.from) >= bound(asked.from, zone, "start").getTime()) &&
    (asked.to === null || of(asked.to) < bound(asked.to, zone, "end").getTime())
  );
}

function part(whole: string, text: string, length: number): boolean {
  return length < 3 ? whole.startsWith(text) : whole.includes(text);
}

/** As a search compares; the condition `contains` looks in any place, however short its text is. */
function advocateHas(row: KnownReferral, text: string): boolean {
  return part(foldOf(row.advocate), foldOf(text), longestRun(foldOf(text)));
}

function isTime(value: unknown): value is string {
  return (
    typeof value === "string" &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
    new Date(`${value.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(value.slice(0, 10))
  );
}

function hasAttribute(value: unknown, asked: AttributeFilter, zone: string): boolean {
  if (typeof asked === "string") return presence(value, asked);
  for (const one of value === undefined ? [] : [value].flat()) {
    if ("oneOf" in asked && asked.oneOf.includes(one as never)) return true;
    if ("contains" in asked && typeof one === "string" && foldOf(one).includes(foldOf(asked.contains))) return true;
    if ("numbers" in asked && typeof one === "number" && between(one, asked.numbers)) return true;
    if ("times" in asked && isTime(one) && dated(new Date(one), asked.times, zone)) return true;
  }
  return false;
}

/** What a filter is, in plain words of JavaScript: what the database is compared with. */
export function meets(row: KnownReferral, filter: ReferralFilter, zone: string, now: Date): boolean {
  const { search, status, created, validFrom, validUntil, advocate, friend, batch, origin, attributes, redemptions } =
    filter;
  const usedUp = row.usageLimit > 0 && row.usageCounter >= row.usageLimit;
  const key = search === undefined ? "" : keyOf(search);
  // a condition that is not asked is met; the first that is not met decides
  return (
    (search === undefined ||
      part(keyOf(row.code), key, [...key].length) ||
      advocateHas(row, search) ||
      row.batchId === search.toLowerCase()) &&
    (!status || status.includes(statusOf(row, now))) &&
    (!created || dated(row.created, created, zone)) &&
    (!validFrom || dated(row.validFrom, validFrom, zone)) &&
    (!validUntil || dated(row.validUntil, validUntil, zone, true)) &&
    (!advocate ||
      ("is" in advocate ? row.advocate === advocate.is : foldOf(row.advocate).includes(foldOf(advocate.contains)))) &&
    (!friend ||
      (typeof friend === "string"
        ? presence(row.friend, friend)
        : "is" in friend
          ? row.friend === friend.is
          : foldOf(row.friend ?? "").includes(foldOf(friend.contains)))) &&
    (!batch || (batch === "set" || batch === "unset" ? presence(row.batchId, batch) : row.batchId === batch)) &&
    (!origin || origin.includes(row.origin as "api")) &&
    (redemptions === undefined ||
      (typeof redemptions === "object"
        ? between(row.usageCounter, redemptions)
        : {
            none: row.usageCounter === 0,
            some: row.usageCounter > 0,
            usable: !usedUp,
            "nearly used up":
              !usedUp &&
              row.usageLimit > 1 &&
              (row.usageLimit - row.usageCounter === 1 || row.usageCounter / row.usageLimit >= 0.8),
            "used up": usedUp,
          }[redemptions])) &&
    Object.entries(attributes ?? {}).every(([name, asked]) => hasAttribute(row.attributes[name], asked, zone))
  );
}

/** The order of the list, in plain words of JavaScript. Codes of tests are ASCII, which every order compares by bytes. */
export function inOrder(rows: KnownReferral[], sort: SortOrder): KnownReferral[] {
  const { key, descending } = sortOf(sort);
  const value = (row: KnownReferral) =>
    key === "code" ? row.code : key === "redemptions" ? row.usageCounter : row[key];
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if ((x === null) !== (y === null)) return x === null ? 1 : -1;
    if (x !== null && y !== null && Number(x < y) - Number(x > y) !== 0) return x < y ? -sign : sign;
    // never redeemed: by when they were made
    if (key === "redemptions" && x === 0 && +a.created !== +b.created) return a.created < b.created ? -sign : sign;
    return a.id < b.id ? -sign : sign;
  });
}

/** Filters that are likely to match some of these codes: their values are taken from them. */
export function likelyFilters(rows: KnownReferral[], now: Date): fc.Arbitrary<ReferralFilter> {
  const row = fc.constantFrom(...rows);
  const partOf = (text: (row: KnownReferral) => string) =>
    fc
      .tuple(row, fc.nat(12), fc.integer({ min: 1, max: 6 }))
      .map(([one, from, length]) =>
        text(one)
          .slice(from % Math.max(1, text(one).length))
          .slice(0, length),
      )
      .filter((text) => text !== "" && text.isWellFormed());
  const day = fc
    .tuple(fc.integer({ min: -100, max: 100 }), fc.constantFrom(10, 16))
    .map(([days, length]) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, length));
  const range = <Value>(value: fc.Arbitrary<Value>) =>
    fc.tuple(value, value, fc.constantFrom("both", "from", "to")).map(([a, b, ends]) => {
      const [from, to] = a <= b ? [a, b] : [b, a];
      return { from: ends === "to" ? null : from, to: ends === "from" ? null : to };
    });
  const presence = fc.constantFrom("set" as const, "unset" as const);
  const some = <Value>(values: readonly Value[]) =>
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
  const text = (of: (row: KnownReferral) => string) =>
    fc.oneof(
      row
        .map(of)
        .filter((is) => is !== "")
        .map((is) => ({ is })),
      partOf(of).map((contains) => ({ contains })),
    );
  const attributes = fc.dictionary(
    fc.constantFrom("tier", "vip", "points", "tags", "at", "nosuch"),
    fc.oneof(
      presence,
      some(["gold", "silver", "a,b", "nothing"]).map((oneOf) => ({ oneOf })),
      some([true, false]).map((oneOf) => ({ oneOf })),
      some([1, 2.5, -3]).map((oneOf) => ({ oneOf })),
      fc.constantFrom("old", "L", "ä", "%", "_", "\\").map((contains) => ({ contains })),
      range(fc.integer({ min: -5, max: 10 })).map((numbers) => ({ numbers })),
      range(day).map((times) => ({ times })),
    ),
    { minKeys: 1, maxKeys: 2, noNullPrototype: true },
  );
  const all: fc.Arbitrary<ReferralFilter> = fc.record(
    {
      search: fc
        .oneof(
          partOf(({ code }) => code),
          partOf(({ advocate }) => advocate),
          row.map(({ batchId }) => batchId ?? "none"),
        )
        .filter((one) => searchKey(one) !== ""),
      status: some(statusFilters),
      created: range(day),
      validFrom: fc.oneof(presence, range(day)),
      validUntil: fc.oneof(presence, range(day)),
      advocate: text(({ advocate }) => advocate),
      friend: fc.oneof(
        presence,
        text(({ friend }) => friend ?? ""),
      ),
      batch: fc.oneof(
        presence,
        row.map(({ batchId }) => batchId ?? ("unset" as const)),
      ),
      origin: some(originFilters),
      redemptions: fc.oneof(fc.constantFrom(...redemptionWords), range(fc.nat(6))),
      attributes,
    },
    { requiredKeys: [] },
  );
  // a few conditions at a time: many together match nothing
  return fc
    .tuple(all, fc.uniqueArray(fc.nat(10), { minLength: 1, maxLength: 3 }))
    .map(
      ([filter, kept]) =>
        Object.fromEntries(Object.entries(filter).filter((_, index) => kept.includes(index))) as ReferralFilter,
    );
}
