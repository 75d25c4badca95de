import { z } from "zod";
import { answeredDate } from "@/lib/api/fields";
import { inventoryReferralModel } from "@/lib/api/models/referral";
import { profileModel } from "@/lib/api/models/session";
import type { Friend } from "@/lib/customers/queries";
import type { ListedSession } from "@/lib/sessions/list";
import { sessionStates } from "@/lib/sessions/schema";

/** A friend of an advocate (reference: talon-one-api, B8). */
export const friendModel = z
  .object({
    applicationId: z.int(),
    sessionId: z.string().describe("The Integration ID of the session in which the code was redeemed."),
    advocateIntegrationId: z.string(),
    friendIntegrationId: z.string(),
    code: z.string(),
    created: answeredDate.describe("When the code was redeemed."),
  })
  .meta({ id: "CustomerProfileFriend" });

export function friendAnswer(friend: Friend, applicationId: number, advocate: string): z.output<typeof friendModel> {
  return {
    applicationId,
    sessionId: friend.sessionIntegrationId,
    advocateIntegrationId: advocate,
    friendIntegrationId: friend.friendIntegrationId,
    code: friend.code,
    created: friend.created.toISOString(),
  };
}

/** What a customer has (reference: talon-one-api, B9): what was asked for, and nothing else. */
export const inventoryModel = z
  .object({
    profile: profileModel.optional(),
    referrals: z.array(inventoryReferralModel).optional(),
    coupons: z.array(z.unknown()).optional(),
    loyalty: z.object({ cards: z.array(z.unknown()), programs: z.record(z.string(), z.unknown()) }).optional(),
    giveaways: z.array(z.unknown()).optional(),
    achievements: z.array(z.unknown()).optional(),
  })
  .meta({ id: "CustomerInventory" });

/** A session in a list (reference: talon-one-api, B11). */
export const listedSessionModel = z
  .object({
    id: z.int(),
    created: answeredDate,
    applicationId: z.int(),
    profileId: z.int().optional().describe("The customer's number here; absent for one who is not known."),
    integrationId: z.string(),
    profileintegrationid: z.string().optional(),
    coupon: z.string().describe("The first coupon code; empty where there is none."),
    referral: z.string().describe("The referral code; empty where there is none."),
    state: z.enum(sessionStates),
    cartItems: z.array(z.looseObject({})),
    discounts: z.record(z.string(), z.number()),
    totalDiscounts: z.number(),
    total: z.number(),
    attributes: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "ApplicationSession" });

export function listedSessionAnswer(
  session: ListedSession,
  applicationId: number,
): z.output<typeof listedSessionModel> {
  const { cartItems = [], additionalCosts = {}, couponCodes = [], attributes = {} } = session.data;
  const items = cartItems.reduce((total, { price = 0, quantity = 1 }) => total + price * quantity, 0);
  return {
    id: Number(session.id),
    created: session.created.toISOString(),
    applicationId,
    ...(session.profileId !== null && { profileId: Number(session.profileId) }),
    integrationId: session.integrationId,
    ...(session.profileIntegrationId !== null && { profileintegrationid: session.profileIntegrationId }),
    coupon: couponCodes[0] ?? "",
    referral: session.referralCode ?? "",
    state: session.state,
    cartItems,
    discounts: {},
    totalDiscounts: 0,
    total: Object.values(additionalCosts).reduce((total, { price }) => total + price, items),
    attributes,
  };
}
