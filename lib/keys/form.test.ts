import { expect, test } from "vitest";
import type { FieldProblems } from "@/lib/errors";
import { type KeyForm, newKeyForm, readKeyForm } from "./form";
import { grantable } from "./rules";
import { createKeyInput } from "./schema";

const zone = "Europe/Berlin";
const read = (typed: Partial<KeyForm>) => {
  const problems: FieldProblems = {};
  return { input: readKeyForm({ ...newKeyForm(), name: "Shop", ...typed }, zone, problems), problems };
};

test("the form begins as an integration key without an end, and says so to the action", () => {
  const { input, problems } = read({});
  expect(problems).toEqual({});
  expect(createKeyInput.parse({ ...input, applicationId: 1 })).toEqual({
    ...{ applicationId: 1, kind: "integration", name: "Shop", perSecond: 1000, expires: null },
    permissions: grantable("integration"),
  });
});

test("of a management key all is ticked at first, and what a tick includes is sent with it", () => {
  expect(read({ kind: "management" }).input.permissions).toEqual(grantable("management"));
  expect(read({ kind: "management", permissions: ["referrals.export"] }).input.permissions).toEqual([
    "applications.read",
    "referrals.read",
    "referrals.export",
  ]);
  const none = { ...read({ kind: "management", permissions: [] }).input, applicationId: 1 };
  expect(createKeyInput.safeParse(none).error?.issues).toMatchObject([
    { path: ["permissions"], message: "Allow the key at least one thing." },
  ]);
});

test("an end is read on the clocks of the zone: a day is over when it is over there", () => {
  expect(read({ end: "date", expires: "2027-01-31" }).input.expires).toBe("2027-01-31T23:00:00.000Z");
  expect(read({ end: "none", expires: "2027-01-31" }).input.expires).toBeNull();
});

test.each<[Partial<KeyForm>, keyof KeyForm, RegExp]>([
  [{ end: "date", expires: " " }, "expires", /^Type a date such as 2027-12-31, or let the key work/],
  [{ end: "date", expires: "2027-02-31" }, "expires", /31 Feb 2027 does not exist/],
  [{ perSecond: "many" }, "perSecond", /“many” is not a whole number/],
  [{ perSecond: "" }, "perSecond", /is not a whole number/],
  [{ perSecond: "1.5" }, "perSecond", /“1.5” is not a whole number/],
])("%j is refused at %s", (typed, field, says) => {
  const { problems } = read(typed);
  expect(Object.keys(problems)).toEqual([field]);
  expect(problems[field]).toMatch(says);
});

test.each([
  ["0", false],
  ["-5", false],
  ["1", true],
  ["1,000", true],
  ["100,000", true],
  ["100,001", false],
])("a rate of %s is taken: %s", (perSecond, taken) => {
  const { input, problems } = read({ perSecond });
  expect(problems).toEqual({});
  const { error } = createKeyInput.safeParse({ ...input, applicationId: 1 });
  expect(error?.issues.map(({ message }) => message) ?? []).toEqual(
    taken ? [] : [expect.stringMatching(/^“.+” is no rate: .+ from 1 to 100,000\.$/)],
  );
});
