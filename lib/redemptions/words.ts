import { forEver } from "@/lib/budgets/schema";
import { formatCount, formatInstant, formatNamedBound } from "@/lib/format";
import { type BudgetEntity, budgetsUsedUp, type CodeFacts, type RejectionReason } from "@/lib/redemptions/reasons";

/** What the sentences name. `code` is null where there is none. */
interface Named {
  code: CodeFacts | null;
  campaign: string;
  friend: string | null;
  now: Date;
  zone: string;
}

/** That a budget is used up; waiting is advised where each that is counts anew some time, and allows something then. */
const usedUp =
  (budget: string, entity: BudgetEntity) =>
  ({ code }: Named) => {
    const spent = code ? budgetsUsedUp(code, entity) : [];
    const lasts = spent.some(({ amount, begins }) => amount < 1 || (begins && Date.parse(begins) === forEver));
    return `${budget} is used up. Raise it${lasts ? "" : ", or wait until its next period begins"}.`;
  };

const sentences: Record<RejectionReason, (named: Named) => string> = {
  ReferralNotFound: () => "There is no such code in this application. Look at its spelling, or whether it was deleted.",
  ReferralPartOfNotRunningCampaign: ({ campaign, code }) => {
    const { state, hasReferrals, startTime, endTime } = code?.campaign ?? {};
    if (hasReferrals === false)
      return `The campaign “${campaign}” has its referrals feature switched off. Switch it on in its settings.`;
    if (state !== "enabled") return `The campaign “${campaign}” is ${state}. Enable it in its settings.`;
    return `The moment lies outside the schedule of the campaign “${campaign}”${startTime || endTime ? "" : ", which it names"}. Change the schedule in its settings.`;
  },
  ReferralStartDateInFuture: ({ code, zone }) =>
    `The code is valid from ${code?.validFrom ? formatNamedBound(code.validFrom, zone, "start") : "later"} on. Edit the code to begin sooner.`,
  ReferralExpired: ({ code, zone }) =>
    `The end of the code has passed: ${code?.validUntil ? formatNamedBound(code.validUntil, zone, "end") : "before"}. Edit the code to last longer.`,
  ReferralLimitReached: (named) => {
    const { code } = named;
    return code && code.usageLimit > 0 && code.usageCounter >= code.usageLimit
      ? `The code was redeemed ${formatCount(code.usageCounter, "time", "times")}, as often as its limit allows. Raise its redemption limit.`
      : usedUp("The campaign’s budget for each code", "Referral")(named);
  },
  CampaignLimitReached: usedUp("The campaign’s budget of redemptions", null),
  ProfileRequired: () => "A code is redeemed by a customer who is known: the session needs a profile. Name the friend.",
  ReferralRecipientIdSameAsAdvocate: ({ friend }) => `“${friend}” is the advocate, who cannot redeem their own code.`,
  ReferralRecipientDoesNotMatch: ({ code }) => `The code is for “${code?.friendIntegrationId}” only.`,
  ReferralCustomerAlreadyReferred: ({ friend }) =>
    `“${friend}” redeemed a code before, and a customer is referred once in an application. Cancelling that session makes it possible again.`,
  ProfileLimitReached: usedUp("The campaign’s budget for each friend", "Profile"),
};

/** Why a code is not accepted, and the mend, for people. */
export function rejectionWords(reason: RejectionReason, named: Named): string {
  return sentences[reason](named);
}

/** What a check found, in a line: the verdict, and at which moment it holds. */
export function verdictWords(accepted: boolean, { now, zone }: Pick<Named, "now" | "zone">): string {
  return `${accepted ? "It would work" : "It would not work"} on ${formatInstant(now, zone)}.`;
}
