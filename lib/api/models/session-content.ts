import { z } from "zod";
import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { referralAnswer } from "@/lib/api/models/referral";
import { profileAnswer, type StateModel, sessionAnswer } from "@/lib/api/models/session";
import { getProfile } from "@/lib/customers/profiles";
import { friendsOf } from "@/lib/redemptions/friends";
import { referralByKey } from "@/lib/referrals/rows";
import type { Effect } from "@/lib/sessions/effects";
import type { StoredSession } from "@/lib/sessions/stored";

/** What an update of a session can be asked to answer beside its effects. */
export const contents = [
  "customerSession",
  "customerProfile",
  "coupons",
  "triggeredCampaigns",
  "referral",
  "loyalty",
  "event",
  "awardedGiveaways",
  "ruleFailureReasons",
  "previousReturns",
  "campaignEligibility",
  "achievements",
] as const;
export const contentField = z.array(z.enum(contents)).max(contents.length).default([]);
type Content = (typeof contents)[number];

/** Nothing of these is kept here: they are answered as lists that are empty, which clients read. */
const empty = [
  "coupons",
  "triggeredCampaigns",
  "awardedGiveaways",
  "previousReturns",
  "campaignEligibility",
  "achievements",
] as const;

interface Told {
  effects: Effect[];
  /** Null for a session that is only imagined. */
  session: StoredSession | null;
  /** The code's key, and the customer's ID, as far as they are known. */
  codeKey: string | null;
  friend: string | null;
}

/** The answer to an update of a session. */
export async function stateAnswer(
  scope: Scope<"redemptions.write", ApplicationIds>,
  { effects, session, codeKey, friend }: Told,
  asked: readonly Content[],
): Promise<StateModel> {
  const answer: StateModel = { effects, createdCoupons: [], createdReferrals: [] };
  for (const name of empty) if (asked.includes(name)) answer[name] = [];
  if (asked.includes("ruleFailureReasons")) answer.ruleFailureReasons = effects.flatMap(failureOf);
  if (asked.includes("customerSession") && session)
    answer.customerSession = sessionAnswer(session, scope.ids.applicationId);
  if (asked.includes("customerProfile") && friend !== null) {
    const profile = await getProfile(scope, friend);
    if (profile) answer.customerProfile = profileAnswer(profile);
  }
  if (asked.includes("referral") && codeKey !== null) {
    const row = await referralByKey(scope, codeKey);
    const friends = row && (await friendsOf(scope, [row.id]));
    if (row) answer.referral = { ...referralAnswer(row), referredCustomers: friends?.get(String(row.id)) ?? [] };
  }
  return answer;
}

function failureOf({
  campaignId,
  rulesetId,
  ruleIndex,
  ruleName,
  effectType,
  props,
}: Effect): Record<string, unknown>[] {
  if (effectType !== "rejectReferral") return [];
  return [
    {
      campaignID: campaignId,
      campaignName: "",
      rulesetID: rulesetId,
      ruleIndex,
      ruleName,
      referralValue: props.value,
      details: props.rejectionReason,
    },
  ];
}
