import fc from "fast-check";
import { foldText, searchKey } from "@/lib/codes/folding";
import { tidied } from "@/lib/codes/rules";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { originFilters, redemptionWords, statusFilters } from "@/lib/referrals/list/filter/terms";

const text = fc.oneof(
  fc.constantFrom("anna", "a,b", "x\\,y", "is:", "..", "none", "yes", "7k", "%_", "友だち"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((value) => !value.includes("\u0000")),
);
const searched = text.map((value) => value.trim()).filter((value) => searchKey(value) !== "");
const compared = text.filter((value) => foldText(value) !== "");
const clock = fc
  .tuple(
    fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
    fc.constantFrom(10, 16),
  )
  .map(([date, length]) => date.toISOString().slice(0, length));

/** A range of values in order, with at most one open end. */
function rangeOf<Value>(value: fc.Arbitrary<Value>, compare: (a: Value, b: Value) => number) {
  const both = fc.tuple(value, value).map(([a, b]) => (compare(a, b) <= 0 ? { from: a, to: b } : { from: b, to: a }));
  return fc.oneof(
    both,
    value.map((from) => ({ from, to: null })),
    value.map((to) => ({ from: null, to })),
  );
}
const clocks = rangeOf(clock, (a, b) => (a < b ? -1 : 1)).filter(
  ({ from, to }) => !from || !to || from <= `${to}T99`.slice(0, 16),
);
const presence = fc.constantFrom("unset" as const, "set" as const);
const comparison = fc.oneof(
  text.filter((is) => tidied(is) !== "").map((is) => ({ is })),
  compared.map((contains) => ({ contains })),
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((value) => value + 0);
const some = <Value>(value: fc.Arbitrary<Value>) => fc.uniqueArray(value, { minLength: 1, maxLength: 4 });
const attribute = fc.oneof(
  presence,
  some(text).map((oneOf) => ({ oneOf })),
  some(number).map((oneOf) => ({ oneOf })),
  some(fc.boolean()).map((oneOf) => ({ oneOf })),
  compared.map((contains) => ({ contains })),
  rangeOf(number, (a, b) => a - b).map((numbers) => ({ numbers })),
  clocks.map((times) => ({ times })),
);

/** Any filter that the schema allows, in the form in which it is read back. */
export const anyFilter: fc.Arbitrary<ReferralFilter> = fc.record(
  {
    search: searched,
    status: some(fc.constantFrom(...statusFilters)),
    created: clocks,
    validFrom: fc.oneof(presence, clocks),
    validUntil: fc.oneof(presence, clocks),
    advocate: comparison,
    friend: fc.oneof(presence, comparison),
    batch: fc.oneof(presence, fc.stringMatching(/^[a-z]{8}$/)),
    origin: some(fc.constantFrom(...originFilters)),
    redemptions: fc.oneof(
      fc.constantFrom(...redemptionWords),
      rangeOf(fc.nat(), (a, b) => a - b),
    ),
    attributes: fc.dictionary(fc.constantFrom("tier", "vip", "points", "tags"), attribute, {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: true,
    }),
    selection: fc.bigInt(1n, 10n ** 18n - 1n).map(String),
  },
  { requiredKeys: [] },
);
