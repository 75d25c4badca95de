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

it("a verdict says when it holds", () => {
  expect(verdictWords(true, { now, zone: "UTC" })).toMatch(/^It would work on 28 Nov 2026.*12:00/);
  expect(verdictWords(false, { now, zone: "UTC" })).toMatch(/^It would not work/);
});
