import fc from "fast-check";
import { expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { planChanges } from "@/lib/imports/changes";
import { applyPlan } from "@/lib/operations/apply";
import { editAtOnce, undoAtOnce } from "@/lib/operations/at-once";
import { editChangesField } from "@/lib/operations/schema";
import { safeCell } from "@/lib/referrals/csv";
import { admitted, makeBatch, makeCampaign, redeemed, snapshot, type TestCode } from "@/lib/testing/builders";
import { sheetOf, uploadedSheet } from "@/lib/testing/sheets";
import { parseZoned } from "@/lib/zone";

const zone = "Europe/Berlin";
const [codes, perCode, numbers] = [1250, 5, { min: 0, max: 999_999 }];

/** A cell's new text, and the same as an edit by hand says it. */
interface CellEdit {
  column: string;
  text: string;
  changes: Record<string, unknown>;
}

const two = (value: number) => String(value).padStart(2, "0");
const day = (years: [number, number]) =>
  fc
    .tuple(
      fc.integer({ min: years[0], max: years[1] }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(([year, month, date]) => `${year}-${two(month)}-${two(date)}`);
const clock = fc
  .tuple(fc.integer({ min: 4, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute, second]) => `${two(hour)}:${two(minute)}:${two(second)}`);

function dates(column: string, field: string, bound: "start" | "end", years: [number, number]): fc.Arbitrary<CellEdit> {
  const said = fc.oneof(
    day(years),
    fc.tuple(day(years), clock).map((both) => both.join(" ")),
    fc.tuple(day(years), clock).map((both) => `${both.join("T")}Z`),
    fc.constant(""),
  );
  return said.map((text) => {
    const instant = text.endsWith("Z") ? new Date(text) : parseZoned(text, zone, bound);
    const set = { do: "set", value: instant instanceof Date ? instant.toISOString() : null };
    return { column, text, changes: { [field]: text === "" ? { do: "clear" } : set } };
  });
}

const attribute = (name: string, value: fc.Arbitrary<{ text: string; value: unknown }>): fc.Arbitrary<CellEdit> =>
  fc.oneof(value, fc.constant({ text: "", value: null })).map(({ text, value: held }) => ({
    column: `attributes.${name}`,
    text,
    changes: { attributes: { [name]: held === null ? { do: "remove" } : { do: "set", value: held } } },
  }));

const columns: fc.Arbitrary<CellEdit>[] = [
  fc.integer(numbers).map((limit) => ({
    column: "Redemption limit",
    text: limit === 0 ? "unlimited" : String(limit),
    changes: { usageLimit: { do: "set", value: limit } },
  })),
  dates(`Valid from (${zone})`, "validFrom", "start", [2020, 2025]),
  dates(`Valid until (${zone})`, "validUntil", "end", [2027, 2031]),
  fc.stringMatching(/^[a-z=+@"',;' -]{0,12}[a-z]$/).map((typed) => ({
    column: "Friend's Integration ID",
    text: safeCell(typed.trim()),
    changes: { friendIntegrationId: { do: "set", value: typed.trim() } },
  })),
  attribute(
    "tier",
    fc.constantFrom("bronze", "silver", "gold").map((value) => ({ text: value, value })),
  ),
  attribute(
    "vip",
    fc.boolean().map((value) => ({ text: value ? "Yes" : "false", value })),
  ),
  attribute(
    "points",
    fc.integer().map((value) => ({ text: String(value), value })),
  ),
  attribute(
    "tags",
    fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 3 }).map((value) => ({
      text: value.length % 2 ? JSON.stringify(value) : value.join(", "),
      value,
    })),
  ),
];

const edits = fc
  .shuffledSubarray(columns, { minLength: perCode + 1, maxLength: perCode + 1 })
  .chain((chosen) => fc.tuple(...chosen));
const startingCode: fc.Arbitrary<TestCode> = fc.record({
  usageLimit: fc.integer({ min: 5, max: 900_000 }),
  validFrom: fc.option(fc.tuple(day([2020, 2025]), clock).map((both) => `${both.join("T")}Z`)),
  validUntil: fc.option(fc.tuple(day([2027, 2031]), clock).map((both) => `${both.join("T")}Z`)),
  attributes: fc.record(
    { tier: fc.constantFrom("bronze", "gold"), vip: fc.boolean(), points: fc.integer(), tags: fc.constant(["x", "y"]) },
    { requiredKeys: [] },
  ),
});

/** Edits one code by hand; false where that is refused. */
async function byHand(scope: CampaignIds, id: string, changes: Record<string, unknown>[]): Promise<boolean> {
  const attributes = Object.assign({}, ...changes.map((one) => one.attributes ?? {}));
  const merged = editChangesField.parse({ ...Object.assign({}, ...changes), attributes });
  try {
    await editAtOnce(admitted(scope), { selection: { by: "ids", ids: [id] }, changes: merged });
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.reason.reason === "codes_refused") return false;
    throw error;
  }
}

const held = async (scope: CampaignIds) =>
  (await db.referral.findMany({ where: scope, orderBy: { code: "asc" } })).map((code) => ({
    ...{ code: code.code, limit: code.usageLimit, from: code.validFrom, until: code.validUntil },
    ...{ friend: code.friendIntegrationId, attributes: code.attributes },
  }));

it("5,000 random cells changed in a file are the same cells changed by hand, whatever others change beside them", {
  timeout: 300_000,
}, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const [start, changed] = [startingCode, edits].map((all) =>
    fc.sample(all as fc.Arbitrary<never>, { numRuns: codes, seed }),
  );
  const asked = (changed as unknown as CellEdit[][]).map(([other, ...own]) => ({ other: other as CellEdit, own }));
  const made = (start as unknown as TestCode[]).map((code, index) => ({ ...code, code: `TRIP-${10_000 + index}` }));
  const [filed, hand] = [await makeCampaign(), await makeCampaign()];
  const [inFile, inHand] = [await makeBatch(filed, made), await makeBatch(hand, made)];
  for (let at = 0; at < codes; at += 50)
    for (const [scope, { ids }] of [[filed, inFile] as const, [hand, inHand] as const])
      await redeemed(scope, ids[at] ?? "", 5);

  const sheet = await sheetOf(filed);
  for (const [index, { own }] of asked.entries())
    for (const { column, text } of own) Object.assign(sheet[index] ?? {}, { [column]: text });
  // others change another field of every tenth code meanwhile
  for (let at = 0; at < codes; at += 10)
    for (const [scope, { ids }] of [[filed, inFile] as const, [hand, inHand] as const])
      await byHand(scope, ids[at] ?? "", [asked[at]?.other.changes ?? {}]);
  const before = await snapshot(filed);

  const file = await uploadedSheet(filed, sheet);
  expect(file.failedCount, `seed ${seed}`).toBe(0);
  const ask = { importId: file.id, conflicts: "skip" as const, onlyGood: false, replaces: null };
  const plan = await planChanges(admitted(filed), ask);
  expect(plan.summary.kept, `seed ${seed}`).toEqual([]);
  const { operationId } = await applyPlan(admitted(filed), { planId: plan.planId });
  let refused = 0;
  for (const [index, { own }] of asked.entries())
    if (
      !(await byHand(
        hand,
        inHand.ids[index] ?? "",
        own.map(({ changes }) => changes),
      ))
    )
      refused += 1;

  expect(await held(filed), `seed ${seed}`).toEqual(await held(hand));
  expect(plan.refused, `seed ${seed}`).toBe(refused);
  expect(file.reading.changes?.cells).toBeGreaterThan(5000);
  await undoAtOnce(admitted(filed), { operationId });
  expect(await snapshot(filed), `seed ${seed}`).toBe(before);
});
