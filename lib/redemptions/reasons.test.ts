import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CodeFacts,
  isRunning,
  type RejectionReason,
  rejectionOf,
  rejectionReasons,
} from "@/lib/redemptions/reasons";

const now = new Date("2026-11-28T12:00:00Z");
const at = (text: string) => new Date(`2026-11-28T${text}Z`);
const running = { state: "enabled", startTime: null, endTime: null, hasReferrals: true };
const good: CodeFacts = {
  advocateIntegrationId: "Ann",
  friendIntegrationId: null,
  usageLimit: 2,
  usageCounter: 1,
  validFrom: null,
  validUntil: null,
  campaign: running,
  budgets: [],
  friendWasReferred: false,
};
const budget = (entity: null | "Profile" | "Referral", used = 3, amount = 3) => ({ entity, used, amount });

/** What makes a code refused, by its reason. */
const faults: Record<
  Exclude<RejectionReason, "ReferralNotFound" | "ProfileRequired" | "ReferralRecipientIdSameAsAdvocate">,
  Partial<CodeFacts>
> = {
  ReferralPartOfNotRunningCampaign: { campaign: { ...running, state: "disabled" } },
  ReferralStartDateInFuture: { validFrom: at("12:00:00.001") },
  ReferralExpired: { validUntil: now },
  ReferralLimitReached: { usageCounter: 2 },
  CampaignLimitReached: { budgets: [budget(null)] },
  ReferralRecipientDoesNotMatch: { friendIntegrationId: "Cem" },
  ReferralCustomerAlreadyReferred: { friendWasReferred: true },
  ProfileLimitReached: { budgets: [budget("Profile")] },
};

describe("a code", () => {
  it("that nothing speaks against is accepted, to its last place and its last millisecond", () => {
    expect(rejectionOf(good, { friend: "Bob", now })).toBeNull();
    const edges = {
      validFrom: now,
      validUntil: at("12:00:00.001"),
      budgets: [budget(null, 2), budget("Profile", 2), budget("Referral", 2)],
    };
    expect(rejectionOf({ ...good, ...edges }, { friend: "Bob", now })).toBeNull();
    expect(rejectionOf({ ...good, usageLimit: 0, usageCounter: 999 }, { friend: "Bob", now })).toBeNull();
  });

  it.each(Object.entries(faults))("is refused with %s", (reason, fault) => {
    expect(rejectionOf({ ...good, ...fault }, { friend: "Bob", now })).toBe(reason);
  });

  it("is refused where there is none, to nobody, and to its advocate", () => {
    expect(rejectionOf(null, { friend: "Bob", now })).toBe("ReferralNotFound");
    expect(rejectionOf(good, { friend: null, now })).toBe("ProfileRequired");
    expect(rejectionOf(good, { friend: "Ann", now })).toBe("ReferralRecipientIdSameAsAdvocate");
    expect(rejectionOf({ ...good, budgets: [budget("Referral")] }, { friend: "Bob", now })).toBe(
      "ReferralLimitReached",
    );
    expect(rejectionOf({ ...good, budgets: [budget(null, 0, 0)] }, { friend: "Bob", now })).toBe(
      "CampaignLimitReached",
    );
  });

  it("with several faults is refused with the first of the published order", () => {
    const names = Object.keys(faults) as (keyof typeof faults)[];
    fc.assert(
      fc.property(fc.subarray(names, { minLength: 1 }), fc.constantFrom("Bob", "Ann", null), (some, friend) => {
        const budgets = some.flatMap((name) => faults[name].budgets ?? []);
        const code = Object.assign({ ...good }, ...some.map((name) => faults[name]), { budgets }) as CodeFacts;
        const mine: RejectionReason[] =
          friend === null ? ["ProfileRequired"] : friend === "Ann" ? ["ReferralRecipientIdSameAsAdvocate"] : [];
        const expected = rejectionReasons.find((reason) => [...some, ...mine].includes(reason as keyof typeof faults));
        expect(rejectionOf(code, { friend, now })).toBe(expected);
      }),
    );
  });
});

describe("a campaign runs", () => {
  const cases: [string, Partial<typeof running> & object, boolean | undefined, boolean][] = [
    ["enabled and without a schedule", {}, undefined, true],
    ["from its first moment", { startTime: now as never }, undefined, true],
    ["not before it", { startTime: at("12:00:01") as never }, undefined, false],
    ["not from its end on", { endTime: now as never }, undefined, false],
    ["not without referrals", { hasReferrals: false }, undefined, false],
    ["not archived", { state: "archived" }, undefined, false],
    ["disabled, in a trial that names it", { state: "disabled" }, true, true],
    ["not archived, in a trial that names it", { state: "archived" }, true, false],
    ["not in a trial that names others", {}, false, false],
  ];
  it.each(cases)("%s", (_, more, trialIn, runs) => {
    expect(isRunning({ ...running, ...more }, { friend: null, now, ...(trialIn !== undefined && { trialIn }) })).toBe(
      runs,
    );
  });
});
