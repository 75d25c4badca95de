import { z } from "zod";
import { codeSentences } from "@/lib/codes/reasons";
import { characterCount, integrationIdMax, storableProblem, tidied } from "@/lib/codes/rules";
import { sayAny } from "@/lib/say";

/** Where a session stands (reference: talon-one-api section 9). */
export const sessionStates = ["open", "closed", "partially_returned", "cancelled"] as const;
export type SessionState = (typeof sessionStates)[number];

function idField(field: z.ZodType<string>, least: 0 | 1) {
  const checked = field.superRefine((id, context) => {
    const length = characterCount(id);
    const message =
      length < least || length > integrationIdMax
        ? `An Integration ID has ${least} to 1,000 characters; this one has ${length.toLocaleString("en-GB")}.`
        : sayAny(codeSentences, storableProblem(id));
    if (message) context.addIssue({ code: "custom", message });
  });
  return checked.meta({ minLength: least, maxLength: integrationIdMax });
}
/** The ID a shop gives a session: stored as it is given. */
export const sessionIdField = idField(z.string(), 1).meta({ examples: ["order-1"] });
/** The ID a shop gives a customer, empty for nobody; tidied, as those of advocates and friends are, with which it is compared. */
const profileIdField = idField(z.string().transform(tidied), 0);

const many = 1000;
const texts = z.array(z.string().max(1000)).max(many);
const free = z.record(z.string(), z.unknown()).refine((given) => Object.keys(given).length <= 500, {
  error: "This has up to 500 entries.",
});

/** So large that nothing in a shop is, and small enough that totals of a cart are numbers. */
const amountMax = 1e15;
const range = { error: "This number is out of range: it is more than anything in a cart can be." };
const amount = z.number().min(-amountMax, range).max(amountMax, range);
const quantity = z.number().min(0).max(amountMax, range);

/** An item of a cart, as far as it is looked at; shops send more, which is kept. */
export const cartItemField = z.looseObject({
  name: z.string().max(1000).optional(),
  sku: z.string().max(1000).optional(),
  quantity: quantity.optional(),
  returnedQuantity: quantity.optional(),
  price: amount.optional(),
});

/** What a shop says of a session. What it leaves out stays as it was; an empty referral code or profile drops it. */
export const sessionField = z.strictObject({
  profileId: profileIdField.optional(),
  storeIntegrationId: z.string().max(1000).optional(),
  evaluableCampaignIds: z.array(z.int32().positive()).max(many).optional(),
  couponCodes: texts.optional(),
  referralCode: z
    .string()
    .refine((code) => characterCount(code) <= 100, { error: "A referral code has up to 100 characters." })
    .meta({ maxLength: 100 })
    .optional(),
  loyaltyCards: texts.optional(),
  state: z
    .enum(sessionStates, {
      error: (issue) => `“${String(issue.input).slice(0, 40)}” is no state; those are ${sessionStates.join(", ")}.`,
    })
    .optional(),
  cartItems: z.array(cartItemField).max(many).optional(),
  additionalCosts: z.record(z.string(), z.looseObject({ price: amount })).optional(),
  identifiers: texts.optional(),
  attributes: free.optional(),
  experimentVariantAllocations: z.array(z.looseObject({})).max(many).optional(),
});
export type SessionInput = z.output<typeof sessionField>;

/** What of a session is only kept for the shop. */
export type SessionData = Omit<SessionInput, "profileId" | "referralCode" | "state" | "evaluableCampaignIds">;

/** Items that come back: by their place in the cart, from 0. */
export const returnField = z.strictObject({
  returnedCartItems: z
    .array(
      z.looseObject({
        position: z.int().min(0),
        sku: z.string().max(1000).optional(),
        quantity: z.number().positive().optional(),
      }),
    )
    .min(1, { error: "Name at least one item that comes back." })
    .max(many),
});
export type ReturnInput = z.output<typeof returnField>;
