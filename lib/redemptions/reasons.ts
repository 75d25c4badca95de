/**
 * Why a code is not accepted, in the order in which it is asked (reference: talon-one-api section 10). The last of the published twelve,
 * `ReferralRejectedByCondition`, comes with rules.
 */
export const rejectionReasons = [
  "ReferralNotFound",
  "ReferralPartOfNotRunningCampaign",
  "ReferralStartDateInFuture",
  "ReferralExpired",
  "ReferralLimitReached",
  "CampaignLimitReached",
  "ProfileRequired",
  "ReferralRecipientIdSameAsAdvocate",
  "ReferralRecipientDoesNotMatch",
  "ReferralCustomerAlreadyReferred",
  "ProfileLimitReached",
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** What a budget is for: all of a campaign, each friend, or each code. */
export type BudgetEntity = null | "Profile" | "Referral";

/** A campaign as far as it decides whether its codes can be redeemed. */
export interface RunningFacts {
  state: string;
  startTime: Date | null;
  endTime: Date | null;
  hasReferrals: boolean;
}

/** A code as far as it decides whether it can be redeemed. */
export interface CodeFacts {
  advocateIntegrationId: string;
  friendIntegrationId: string | null;
  usageLimit: number;
  usageCounter: number;
  validFrom: Date | null;
  validUntil: Date | null;
  campaign: RunningFacts;
  /** `begins` is when the period began in which `used` were counted. */
  budgets: { entity: BudgetEntity; amount: number; used: number; begins?: string }[];
  /** Whether the friend redeemed a code before, anywhere in the application. */
  friendWasReferred: boolean;
}

/** Who asks, and when. */
export interface Redeeming {
  /** Null for somebody who is not known. */
  friend: string | null;
  now: Date;
  /** A trial in campaigns that are named: a disabled one of them counts as enabled, and others as not running. */
  trialIn?: boolean;
}

/** Whether a campaign runs at a moment: it has referrals, is enabled, and the moment lies in its schedule. */
export function isRunning(
  { state, startTime, endTime, hasReferrals }: RunningFacts,
  { now, trialIn }: Redeeming,
): boolean {
  const enabled = trialIn === undefined ? state === "enabled" : trialIn && state !== "archived";
  return enabled && hasReferrals && !(startTime && now < startTime) && !(endTime && now >= endTime);
}

/** The budgets of a kind that allow no further redemption of a code. */
export const budgetsUsedUp = ({ budgets }: CodeFacts, entity: BudgetEntity) =>
  budgets.filter((budget) => budget.entity === entity && budget.used + 1 > budget.amount);

/** Why a code is not accepted, the first of the reasons; null where it is. `code` is null where there is none. */
export function rejectionOf(code: CodeFacts | null, asked: Redeeming): RejectionReason | null {
  if (!code) return "ReferralNotFound";
  const { friend, now } = asked;
  const usedUp = (entity: BudgetEntity) => budgetsUsedUp(code, entity).length > 0;
  const holds: Record<Exclude<RejectionReason, "ReferralNotFound">, boolean> = {
    ReferralPartOfNotRunningCampaign: !isRunning(code.campaign, asked),
    ReferralStartDateInFuture: code.validFrom !== null && now < code.validFrom,
    ReferralExpired: code.validUntil !== null && now >= code.validUntil,
    ReferralLimitReached: (code.usageLimit > 0 && code.usageCounter >= code.usageLimit) || usedUp("Referral"),
    CampaignLimitReached: usedUp(null),
    ProfileRequired: friend === null,
    ReferralRecipientIdSameAsAdvocate: friend === code.advocateIntegrationId,
    ReferralRecipientDoesNotMatch: code.friendIntegrationId !== null && friend !== code.friendIntegrationId,
    ReferralCustomerAlreadyReferred: code.friendWasReferred,
    ProfileLimitReached: usedUp("Profile"),
  };
  return rejectionReasons.find((reason) => reason !== "ReferralNotFound" && holds[reason]) ?? null;
}
