import { describe, expect, it } from "vitest";
import { fieldProblems } from "@/lib/field-problems";
import { createReferralsInput } from "./schema";

const common = {
  scope: { applicationId: 1, campaignId: 1 },
  requestKey: "6f1c6a52-9f0c-4f0e-8d0f-0b9a3b1c2d3e",
  usageLimit: 5,
  validFrom: null,
  validUntil: null,
  attributes: {},
};
const own = { ...common, kind: "own", advocate: "cust_1", friend: null, code: "ANNA-2027" };
const generated = { ...common, kind: "generated", advocate: "cust_1", friend: null, pattern: "####", characters: "AB" };
const many = {
  ...common,
  kind: "many",
  listId: "1",
  pattern: "####",
  characters: "AB",
};

function problems(input: unknown) {
  const parsed = createReferralsInput.safeParse(input);
  return parsed.success ? {} : fieldProblems(parsed.error);
}

describe("createReferralsInput", () => {
  it.each([own, generated, many])("takes what the form sends ($kind)", (input) => {
    expect(problems(input)).toEqual({});
  });

  it("trims an own code and resolves instants", () => {
    const parsed = createReferralsInput.parse({ ...own, code: " ANNA-2027 ", validUntil: "2027-01-31T23:00:00+01:00" });
    expect(parsed).toMatchObject({ code: "ANNA-2027", validUntil: new Date("2027-01-31T22:00:00Z") });
  });

  it.each<[string, unknown, string, string]>([
    ["code too short", { ...own, code: "AB1" }, "code", "“AB1” is too short: a code has 4 to 100 characters."],
    ["code too long", { ...own, code: "A".repeat(101) }, "code", "This code has 101 characters: a code has 4 to 100."],
    [
      "code with a forbidden character",
      { ...own, code: "ANNA/2027" },
      "code",
      "“ANNA/2027” contains “/”: a code has letters, digits and . _ % + @ # - only.",
    ],
    [
      "date that does not exist",
      { ...own, validFrom: "2027-02-31T00:00:00Z" },
      "validFrom",
      "“2027-02-31T00:00:00Z” is no date: 31 Feb 2027 does not exist: Feb 2027 has 28 days.",
    ],
    [
      "date that pages could not write",
      { ...own, validUntil: "9999-12-31T23:59:59-01:00" },
      "validUntil",
      "“9999-12-31T23:59:59-01:00” is no date: The year 10000 is too late. Use 1900 to 9999.",
    ],
    [
      "empty advocate",
      { ...own, advocate: "" },
      "advocate",
      "An Integration ID has 1 to 1,000 characters; this one is empty.",
    ],
    [
      "long advocate",
      { ...generated, advocate: "x".repeat(1001) },
      "advocate",
      "An Integration ID has 1 to 1,000 characters; this one has 1,001.",
    ],
    [
      "empty friend",
      { ...own, friend: "" },
      "friend",
      "An Integration ID has 1 to 1,000 characters; this one is empty.",
    ],
    [
      "advocate as friend",
      { ...own, friend: "cust_1" },
      "friend",
      "“cust_1” is the advocate, who cannot redeem their own code; give another friend or allow any.",
    ],
    [
      "pattern without #",
      { ...many, pattern: "SUMMER" },
      "pattern",
      "“SUMMER” has no #, so it makes one code only. Put a # for each random character.",
    ],
    [
      "pattern too short",
      { ...generated, pattern: "A##" },
      "pattern",
      "A pattern is as long as its codes, 4 to 100 characters; this one has 3.",
    ],
    [
      "limit out of range",
      { ...own, usageLimit: 1_000_000 },
      "usageLimit",
      "1000000 is out of range: the redemption limit is a whole number from 0 (unlimited) to 999,999.",
    ],
    [
      "negative limit",
      { ...own, usageLimit: -1 },
      "usageLimit",
      "-1 is out of range: the redemption limit is a whole number from 0 (unlimited) to 999,999.",
    ],
    [
      "limit that is no number",
      { ...own, usageLimit: "five" },
      "usageLimit",
      "“five” is no number: the redemption limit is a whole number from 0 (unlimited) to 999,999.",
    ],
    ["lost request key", { ...own, requestKey: "" }, "requestKey", "The form lost its request key; reload the page."],
  ])("refuses %s", (_what, input, field, sentence) => {
    expect(problems(input)).toEqual({ [field]: sentence });
  });

  it("refuses a time without a zone", () => {
    expect(Object.keys(problems({ ...own, validFrom: "2027-02-30T00:00:00" }))).toEqual(["validFrom"]);
  });
});
