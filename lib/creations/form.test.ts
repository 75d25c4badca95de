import { describe, expect, it } from "vitest";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { atOnce } from "@/lib/in-turns";
import { type CreateForm, newForm, remainingProblems, understand } from "./form";
import { readAdvocates } from "./rules";

const definition = (name: string, type: AttributeDefinition["type"], suggestions: string[] = []) => ({
  ...{ name, title: name, description: "", type, suggestions, restricted: suggestions.length > 0 },
});
const context = {
  scope: { applicationId: 1, campaignId: 2 },
  zone: "Europe/Berlin",
  caseRule: "insensitive-uppercase",
  definitions: [definition("tier", "string", ["gold"]), definition("points", "number"), definition("vip", "boolean")],
} as const;
const blank = newForm({ codePattern: "####-####", codeCharacters: "ABCDEF" });
const read = (typed: Partial<CreateForm>) => {
  const list = atOnce(readAdvocates((typed.advocates ?? "").slice(0, 100), "once"));
  return understand({ ...blank, advocate: "cust_1", ...typed }, { ...context, list });
};

describe("understand", () => {
  it("makes of the form what the action takes", () => {
    expect(
      read({
        ...{ friends: "one", friend: "cust_2", usageLimit: " 5 ", start: "date", validFrom: "2027-01-01" },
        ...{ end: "date", validUntil: "2027-01-31", attributes: { tier: "gold", points: "1.5", vip: "false" } },
      }),
    ).toEqual({
      problems: {},
      input: {
        kind: "generated",
        scope: context.scope,
        requestKey: blank.requestKey,
        advocate: "cust_1",
        friend: "cust_2",
        pattern: "####-####",
        characters: "ABCDEF",
        usageLimit: 5,
        validFrom: "2026-12-31T23:00:00.000Z",
        validUntil: "2027-01-31T23:00:00.000Z",
        attributes: { tier: "gold", points: 1.5, vip: false },
      },
    });
  });

  it("leaves out blanks around an Integration ID, as a list of advocates does", () => {
    const { input } = read({ advocate: " cust_1\t", friends: "one", friend: "cust_2 " });
    expect(input).toMatchObject({ advocate: "cust_1", friend: "cust_2" });
  });

  it("leaves out what was typed under another choice", () => {
    const typed = { friend: "cust_2", usageLimit: "x", validFrom: "x", validUntil: "x", characters: "" } as const;
    expect(read({ ...typed, limit: "unlimited", codes: "own", code: "ANNA-2027" })).toMatchObject({
      problems: {},
      input: { kind: "own", code: "ANNA-2027", friend: null, usageLimit: 0, validFrom: null, validUntil: null },
    });
    expect(read({ who: "many", advocates: "a\nb", advocate: "", codes: "own" })).toMatchObject({
      problems: {},
      input: { kind: "many", pattern: "####-####" },
    });
  });

  it.each<[string, string, Partial<CreateForm>]>([
    [
      "advocate",
      "The advocate is missing; type the Integration ID of the customer who gets the code.",
      { advocate: "" },
    ],
    [
      "advocate",
      "The advocate is missing; type the Integration ID of the customer who gets the code.",
      { advocate: "  " },
    ],
    ["friend", "The friend is missing; type an Integration ID, or choose “Anyone”.", { friends: "one" }],
    [
      "usageLimit",
      "“0” is no redemption limit: type a whole number from 1 to 999,999, or choose “Unlimited”.",
      { usageLimit: "0" },
    ],
    [
      "usageLimit",
      "“1000000” is no redemption limit: type a whole number from 1 to 999,999, or choose “Unlimited”.",
      { usageLimit: "1000000" },
    ],
    [
      "usageLimit",
      "The redemption limit is empty: type a whole number from 1 to 999,999, or choose “Unlimited”.",
      { usageLimit: "" },
    ],
    ["validFrom", "Type a date such as 2027-01-31, or choose “No start”.", { start: "date" }],
    ["validUntil", "Type a date such as 2027-01-31, or choose “No end”.", { end: "date" }],
    ["validUntil", "30 Feb 2027 does not exist: Feb 2027 has 28 days.", { end: "date", validUntil: "2027-02-30" }],
    [
      "validUntil",
      "Valid through 31 Jan 2027, 23:59 Europe/Berlin (22:59 UTC) is not after the start, 1 Feb 2027, 00:00 Europe/Berlin (31 Jan 2027, 23:00 UTC): choose a later end or an earlier start.",
      { start: "date", validFrom: "2027-02-01", end: "date", validUntil: "2027-01-31" },
    ],
    [
      "advocates",
      "The list has more than 40 MB; split it into two.",
      { who: "many", advocates: `a"${"x".repeat(40_000_000)}` },
    ],
    [
      "advocates",
      "The list holds no Integration ID; paste at least one, each on its own line.",
      { who: "many", advocates: "\n \n" },
    ],
    ["attributes.points", "“many” is not a number. Write it like 12 or 3.5.", { attributes: { points: "many" } }],
  ])("refuses a form with a bad %s: %s", (field, sentence, typed) => {
    expect(read(typed).problems).toEqual({ [field]: sentence });
  });

  it("tells the problems from the top of the form to its end", () => {
    const attributes = { tier: "tin" };
    const typed: Partial<CreateForm> = { advocate: "", usageLimit: "x", pattern: "A", end: "date", attributes };
    expect(Object.keys(read(typed).problems)).toEqual([
      "advocate",
      "usageLimit",
      "validUntil",
      "pattern",
      "attributes.tier",
    ]);
  });
});

describe("remainingProblems", () => {
  it("drops what was changed since", () => {
    const problems = { advocate: "…", usageLimit: "…", "attributes.tier": "…", "attributes.points": "…" };
    const refused = { ...blank, attributes: { tier: "tin", points: "x" } };
    const form = { ...refused, advocate: "cust_1", attributes: { tier: "gold", points: "x" } };
    expect(Object.keys(remainingProblems(problems, refused, form))).toEqual(["usageLimit", "attributes.points"]);
  });
});
