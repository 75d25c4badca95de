import { z } from "zod";
import { answeredDate } from "@/lib/api/fields";
import { inventoryReferralModel } from "@/lib/api/models/referral";
import type { Profile } from "@/lib/customers/profiles";
import { rejectionReasons } from "@/lib/redemptions/reasons";
import { sessionStates } from "@/lib/sessions/schema";
import type { StoredSession } from "@/lib/sessions/stored";

/** What a session's code came to. */
export const effectModel = z
  .object({
    campaignId: z.int().describe("0 where there is no such code."),
    rulesetId: z.int(),
    ruleIndex: z.int(),
    ruleName: z.string(),
    effectType: z.enum(["acceptReferral", "rejectReferral", "rollbackReferral"]),
    props: z.object({ value: z.string().describe("The code."), rejectionReason: z.enum(rejectionReasons).optional() }),
  })
  .meta({ id: "Effect" });

/** A session as the API answers it. */
export const sessionModel = z
  .object({
    id: z.int(),
    created: answeredDate,
    integrationId: z.string(),
    applicationId: z.int(),
    profileId: z.string().describe("Empty for a customer who is not known."),
    state: z.enum(sessionStates),
    referralCode: z.string().optional(),
    couponCodes: z.array(z.string()),
    identifiers: z.array(z.string()),
    loyaltyCards: z.array(z.string()),
    storeIntegrationId: z.string().optional(),
    cartItems: z.array(z.looseObject({})),
    additionalCosts: z.record(z.string(), z.looseObject({ price: z.number() })),
    attributes: z.record(z.string(), z.unknown()),
    firstSession: z.boolean(),
    total: z.number(),
    cartItemTotal: z.number(),
    additionalCostTotal: z.number(),
    updated: answeredDate,
  })
  .meta({ id: "CustomerSession" });

/** A customer as the API answers them. */
export const profileModel = z
  .object({
    id: z.int(),
    created: answeredDate,
    integrationId: z.string(),
    attributes: z.record(z.string(), z.unknown()),
    accountId: z.int(),
    closedSessions: z.int(),
    totalSales: z.number(),
    lastActivity: answeredDate,
  })
  .meta({ id: "CustomerProfile" });

/** What an update of a session answers: effects, and what `responseContent` asked for. */
export const stateModel = z
  .object({
    effects: z.array(effectModel),
    createdCoupons: z.array(z.unknown()),
    createdReferrals: z.array(z.unknown()),
    customerSession: sessionModel.optional(),
    customerProfile: profileModel.optional(),
    referral: inventoryReferralModel.optional(),
    coupons: z.array(z.unknown()).optional(),
    triggeredCampaigns: z.array(z.unknown()).optional(),
    ruleFailureReasons: z.array(z.looseObject({})).optional(),
    awardedGiveaways: z.array(z.unknown()).optional(),
    previousReturns: z.array(z.unknown()).optional(),
    campaignEligibility: z.array(z.unknown()).optional(),
    achievements: z.array(z.unknown()).optional(),
  })
  .meta({ id: "IntegrationState" });
export type StateModel = z.output<typeof stateModel>;

/** A stored session as the API answers it; totals are before any discount. */
export function sessionAnswer(session: StoredSession, applicationId: number): z.output<typeof sessionModel> {
  const {
    cartItems = [],
    additionalCosts = {},
    attributes = {},
    couponCodes = [],
    identifiers = [],
    loyaltyCards = [],
  } = session.data;
  const { storeIntegrationId } = session.data;
  const cartItemTotal = sum(cartItems.map(({ price = 0, quantity = 1 }) => price * quantity));
  const additionalCostTotal = sum(Object.values(additionalCosts).map(({ price }) => price));
  return {
    id: Number(session.id),
    created: session.created.toISOString(),
    integrationId: session.integrationId,
    applicationId,
    profileId: session.profileIntegrationId ?? "",
    state: session.state,
    ...(session.referralCode !== null && { referralCode: session.referralCode }),
    ...(storeIntegrationId !== undefined && { storeIntegrationId }),
    couponCodes,
    identifiers,
    loyaltyCards,
    cartItems,
    additionalCosts,
    attributes,
    firstSession: session.firstSession,
    total: cartItemTotal + additionalCostTotal,
    cartItemTotal,
    additionalCostTotal,
    updated: session.updated.toISOString(),
  };
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

/** A customer as the API answers them. */
export function profileAnswer(profile: Profile): z.output<typeof profileModel> {
  return {
    id: Number(profile.id),
    created: profile.created.toISOString(),
    integrationId: profile.integrationId,
    attributes: {},
    accountId: 1,
    closedSessions: profile.closedSessions,
    totalSales: 0,
    lastActivity: profile.lastActivity.toISOString(),
  };
}
