import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import type { ImportField } from "@/lib/referrals/csv";
import { readChanges } from "@/lib/referrals/row-changes";
import { noDates } from "@/lib/referrals/row-dates";
import { rowSentence } from "@/lib/referrals/row-reasons";
import { digestDigits, readUploadKey } from "@/lib/referrals/upload-key";

const place = { applicationId: 3, campaignId: 7 };
const define = (name: string, type: AttributeDefinition["type"]): AttributeDefinition => ({
  ...{ name, title: "", description: "", type, suggestions: [], restricted: false },
});
const definitions = [
  define("note", "string"),
  define("points", "number"),
  define("vip", "boolean"),
  define("since", "time"),
  define("days", "(list time)"),
  define("tags", "(list string)"),
  { ...define("sizes", "(list string)"), suggestions: ["M"], restricted: true },
];
const rules = {
  ...{ caseRule: "insensitive-uppercase" as const, timeZone: "Europe/Berlin", definitions, ownAttributes: definitions },
  written: { order: "day" as const, facts: noDates() },
};

const written = (json: string) => {
  const digest = createHash("sha256").update(json).digest("hex").slice(0, digestDigits);
  return `${Buffer.from(json).toString("base64")}.${digest}`;
};
const keyOf = (base: object, more: object = {}) =>
  written(JSON.stringify({ a: 3, c: 7, r: "12", k: "CODE-1", d: "ann", v: base, ...more }));
const held = {
  usageLimit: 5,
  validFrom: "2026-05-01T10:00:15+00:00",
  validUntil: "2027-01-31T23:00:00+00:00",
  friendIntegrationId: null,
  "attributes.note": "a\nb",
  "attributes.points": 1.5,
  "attributes.since": "2026-11-01T00:00:00+01:00",
  "attributes.days": ["2026-11-01T00:00:00Z"],
};

type Cells = Partial<Record<ImportField, string>>;
const cells = {
  code: "CODE-1",
  advocateprofileintegrationid: "ann",
  limitval: "5",
  startdate: "2026-05-01 12:00:15",
  expirydate: "2027-01-31",
  friendprofileintegrationid: "",
  "attributes.note": "a\nb",
  "attributes.points": "1.5",
  "attributes.since": "2026-11-01T00:00:00+01:00",
  "attributes.days": '["2026-11-01T00:00:00Z"]',
} satisfies Cells;

function read(changed: Cells, base: object = held, without: ImportField[] = []) {
  const row: Cells = { ...cells, uploadkey: keyOf(base), ...changed };
  const has = (column: ImportField) => !without.includes(column);
  return readChanges((column) => (has(column) ? (row[column] ?? "") : ""), has, rules, place);
}
const told = ({ problems }: ReturnType<typeof read>) =>
  problems.map(({ column, reason }) => [column, rowSentence(reason)]);

describe("a cell says what it said before", () => {
  it.each<[string, Cells]>([
    ["as it was exported", {}],
    ["a code in other letters and blanks", { code: " code-1 " }],
    ["a day as people write it", { expirydate: "31/01/2027" }],
    ["the whole time of a day's end", { expirydate: "2027-02-01T00:00:00+01:00" }],
    ["a time without its seconds", { startdate: "01/05/2026 12:00" }],
    ["a limit with blanks", { limitval: " 5 " }],
    ["lines of another system", { "attributes.note": "a\r\nb" }],
    ["a number with more zeros", { "attributes.points": "1.50" }],
    ["a time in another zone", { "attributes.since": "2026-10-31T23:00:00Z" }],
    ["times in another form", { "attributes.days": "2026-11-01 01:00" }],
  ])("%s", (_, changed) => {
    expect(read(changed)).toMatchObject({ changed: { wanted: [], base: [] }, problems: [] });
  });

  it.each<[string, Cells, object]>([
    ["an empty text", { "attributes.note": "" }, { ...held, "attributes.note": "" }],
    ["blanks alone", { "attributes.note": "  " }, { ...held, "attributes.note": "  " }],
    ["a formula, guarded", { "attributes.note": "'=1" }, { ...held, "attributes.note": "=1" }],
    ["a formula, as a sheet has it", { "attributes.note": "=1" }, { ...held, "attributes.note": "=1" }],
    ["an apostrophe before a formula", { "attributes.note": "'=1" }, { ...held, "attributes.note": "'=1" }],
    ["a value of another type", { "attributes.points": "many" }, { ...held, "attributes.points": "many" }],
    [
      "a date that nobody may type",
      { startdate: "1850-01-01T00:00:00Z" },
      { ...held, validFrom: "1850-01-01T00:00:00+00:00" },
    ],
    [
      "values of a list that are not allowed by now",
      { "attributes.sizes": '["S", "1/2\\" L"]' },
      { ...held, "attributes.sizes": ["S", '1/2" L'] },
    ],
    ["no limit", { limitval: "Unlimited" }, { ...held, usageLimit: 0 }],
    [
      "no attributes",
      { "attributes.note": "", "attributes.points": "", "attributes.since": "", "attributes.days": "" },
      {
        ...held,
        "attributes.note": undefined,
        "attributes.points": undefined,
        "attributes.since": undefined,
        "attributes.days": undefined,
      },
    ],
  ])("%s", (_, changed, base) => {
    expect(read(changed, base)).toMatchObject({ changed: { wanted: [] }, problems: [] });
  });
});

describe("a changed cell", () => {
  it.each<[Cells, string, unknown, unknown]>([
    [{ limitval: "7" }, "usageLimit", 5, 7],
    [{ limitval: "unlimited" }, "usageLimit", 5, 0],
    [{ startdate: "" }, "validFrom", held.validFrom, null],
    [{ startdate: "2026-05-01 12:00:16" }, "validFrom", held.validFrom, "2026-05-01T10:00:16+00:00"],
    [{ startdate: "01/05/2026 12:01" }, "validFrom", held.validFrom, "2026-05-01T10:01:00+00:00"],
    [{ expirydate: "2027-02-01" }, "validUntil", held.validUntil, "2027-02-01T23:00:00+00:00"],
    [{ friendprofileintegrationid: " ben " }, "friendIntegrationId", null, "ben"],
    [{ "attributes.note": "" }, "attributes.note", "a\nb", null],
    [{ "attributes.points": "2" }, "attributes.points", 1.5, 2],
    [{ "attributes.vip": "TRUE" }, "attributes.vip", null, true],
    [{ "attributes.tags": "a, b" }, "attributes.tags", null, ["a", "b"]],
  ])("%j is wanted, and what it was is known", (changed, field, was, wanted) => {
    const row = read(changed);
    const value = (side: "wanted" | "base") => row.changed?.[side].map(([name, json]) => [name, JSON.parse(json)]);
    expect([value("base"), value("wanted"), row.problems]).toEqual([[[field, was]], [[field, wanted]], []]);
  });

  it("is none where the file has no such column", () => {
    const empty = Object.fromEntries(Object.keys(cells).map((column) => [column, ""]));
    const all = Object.keys(cells) as ImportField[];
    expect(read(empty, held, all)).toMatchObject({ changed: { referralId: "12", wanted: [] }, problems: [] });
  });

  it.each<[Cells, ImportField, RegExp]>([
    [{ limitval: "" }, "limitval", /cannot be left empty/],
    [{ limitval: "-1" }, "limitval", /whole number/],
    [{ startdate: "31.13.2026" }, "startdate", /./],
    [{ startdate: "2027-03-01" }, "expirydate", /Must be after the startdate/],
    [{ friendprofileintegrationid: "ann" }, "friendprofileintegrationid", /own advocate/],
    [{ "attributes.points": "many" }, "attributes.points", /number/],
    [{ code: "CODE-2" }, "code", /“CODE-1”/],
    [{ advocateprofileintegrationid: "Ann" }, "advocateprofileintegrationid", /“ann”/],
    [{ uploadkey: "" }, "uploadkey", /no upload key/],
    [{ uploadkey: keyOf(held, { c: 8 }) }, "uploadkey", /campaign 8/],
    [{ uploadkey: keyOf(held, { a: 4 }) }, "uploadkey", /another application/],
  ])("%j is refused at its column", (changed, column, sentence) => {
    const problems = told(read(changed));
    expect(problems).toEqual([[column, expect.stringMatching(sentence)]]);
  });
});

describe("an upload key", () => {
  const key = keyOf(held);

  it("is read as it was written, and not with any character changed, cut or added", () => {
    expect(readUploadKey(key)).toMatchObject({ ...place, referralId: "12", code: "CODE-1", advocate: "ann" });
    for (let at = 0; at < key.length; at += 1) {
      const other = key[at] === "A" ? "B" : "A";
      const changed = readUploadKey(key.slice(0, at) + other + key.slice(at + 1));
      if (changed) expect(changed, `at ${at}`).toEqual(readUploadKey(key)); // bits that stand for nothing
      expect(readUploadKey(key.slice(0, at)), `cut at ${at}`).toBeNull();
    }
    expect(readUploadKey(`${key}0`)).toBeNull();
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["no id", JSON.stringify({ a: 3, c: 7, r: "0", k: "", d: "", v: {} })],
    ["another shape", JSON.stringify({ a: "3", c: 7, r: "1", k: "", d: "", v: [] })],
    [
      "brackets without end",
      `{"a":3,"c":7,"r":"1","k":"","d":"","v":{"x":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`,
    ],
    ["a NUL", '{"a":3,"c":7,"r":"1","k":"","d":"","v":{"usageLimit":"\\u0000"}}'],
    ["half a character", '{"a":3,"c":7,"r":"1","k":"","d":"","v":{"usageLimit":"\\uD800"}}'],
  ])("that somebody made of %s is none", (_, json) => {
    expect(readUploadKey(written(json))).toBeNull();
  });

  it("may hold any text that the database writes", () => {
    const code = "\\u0000 \\ \u0001 é 字 👩‍🚀";
    expect(readUploadKey(keyOf({ "attributes.note": code }))?.base).toEqual({ "attributes.note": code });
  });

  it("with dates that are none has no bounds", () => {
    expect(read({ startdate: "", expirydate: "" }, { ...held, validFrom: "soon", validUntil: 7e99 })).toMatchObject({
      changed: { wanted: [] },
    });
  });
});
