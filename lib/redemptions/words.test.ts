import { expect, it } from "vitest";
import { type CodeFacts, rejectionReasons } from "@/lib/redemptions/reasons";
import { rejectionWords, verdictWords } from "@/lib/redemptions/words";

const now = new Date("2026-11-28T12:00:00Z");
const code: CodeFacts = {
  advocateIntegrationId: "Ann",
  friendIntegrationId: "Cem",
  usageLimit: 2,
  usageCounter: 2,
  validFrom: new Date("2027-01-01T00:00:00Z"),
  validUntil: new Date("2026-01-01T00:00:00Z"),
  campaign: { state: "disabled", startTime: null, endTime: null, hasReferrals: true },
  budgets: [],
  friendWasReferred: true,
};

it("every reason has a sentence that names what it is about", () => {
  const named = { code, campaign: "Refer a friend", friend: "Bob", now, zone: "UTC" };
  const sentences = rejectionReasons.map((reason) => rejectionWords(reason, named));
  expect(new Set(sentences).size).toBe(rejectionReasons.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^\S.*\.$/);
  const said = sentences.join(" ");
  for (const word of ["“Refer a friend” is disabled", "1 Jan 2027", "2 times", "“Bob”", "“Cem”"])
    expect(said).toContain(word);
});

it("advises to wait for a budget only where it is counted anew some time, and allows something then", () => {
  const standing = (begins: string, amount = 5) => ({ entity: null, amount, used: amount, begins });
  const [month, ever] = [standing("2026-11-01T00:00:00+00:00"), standing("1900-01-01T00:00:00+00:00")];
  const said = (...budgets: CodeFacts["budgets"]) =>
    rejectionWords("CampaignLimitReached", {
      ...{ code: { ...code, budgets }, campaign: "Refer a friend", friend: "Bob", now, zone: "UTC" },
    });
  const raise = "The campaign’s budget of redemptions is used up. Raise it";
  expect(said(month)).toBe(`${raise}, or wait until its next period begins.`);
  expect(said(month, { ...ever, used: 4 })).toBe(`${raise}, or wait until its next period begins.`);
  expect(said(ever)).toBe(`${raise}.`);
  expect(said(month, ever)).toBe(`${raise}.`);
  expect(said(standing(month.begins, 0))).toBe(`${raise}.`);
});

it("a verdict says when it holds", () => {
  expect(verdictWords(true, { now, zone: "UTC" })).toMatch(/^It would work on 28 Nov 2026.*12:00/);
  expect(verdictWords(false, { now, zone: "UTC" })).toMatch(/^It would not work/);
});
