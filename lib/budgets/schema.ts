import { z } from "zod";
import { idField, smallIdField } from "@/lib/codes/schema";
import { shortened } from "@/lib/shortened";

const shown = (issue: { input?: unknown }) => `“${shortened(String(issue.input), 40)}”`;

/** What a budget counts. */
export const budgetActions = ["redeemReferral"] as const;
export const budgetPeriods = ["daily", "weekly", "monthly", "yearly"] as const;
/** For whom each a budget counts by itself; none is for the whole campaign. */
export const budgetEntities = ["Profile", "Referral"] as const;

/** When the period of a budget began that has none, in milliseconds: it is never counted anew. */
export const forEver = Date.parse("1900-01-01T00:00:00Z");

/** What clients may know besides: it limits codes that rules make, never those made by hand or over the API. */
const limitsRulesAlone = "createReferral";

function noAction(issue: { input?: unknown }): string {
  return issue.input === limitsRulesAlone
    ? `“${limitsRulesAlone}” limits codes that rules make, and here are no rules: it would limit nothing. Leave it out.`
    : `${shown(issue)} is nothing that is counted here: give ${budgetActions.join(", ")}.`;
}

/** Above any number of redemptions, and exact as a float. */
const amountMax = 1_000_000_000_000;

/** A budget as clients define it (reference: talon-one-api section 11). 0 allows nothing. */
export const limitField = z.strictObject({
  action: z.enum(budgetActions, { error: noAction }),
  limit: z
    .number({ error: "A limit is a number from 0 on." })
    .refine((limit) => limit >= 0 && limit <= amountMax, {
      error: (issue) => `${String(issue.input)} is out of range: a limit is a number from 0 to ${amountMax}.`,
    })
    .meta({ minimum: 0, maximum: amountMax }),
  period: z
    .enum(budgetPeriods, { error: (issue) => `${shown(issue)} is no period: give one of ${budgetPeriods.join(", ")}.` })
    .optional(),
  entities: z
    .array(
      z.enum(budgetEntities, {
        error: (issue) =>
          `${shown(issue)} is nothing that is counted by itself here: give ${budgetEntities.join(" or ")}, or none for the whole campaign.`,
      }),
    )
    .max(1, { error: "A limit is for the whole campaign or for one kind of entity: name none or one." }),
});
export type Limit = z.output<typeof limitField>;

/** Which budget a limit is: a campaign has one of each. */
export const budgetKey = ({ action, period, entities: [entity] }: Limit) => `${action} ${entity ?? ""} ${period ?? ""}`;

/** The budgets of a campaign: no two count the same. */
export const limitsField = z
  .array(limitField)
  .max(budgetActions.length * (budgetPeriods.length + 1) * (budgetEntities.length + 1), {
    error: "These are more limits than there are different ones.",
  })
  .superRefine((limits, context) => {
    const seen = new Set<string>();
    limits.forEach((limit, index) => {
      const key = budgetKey(limit);
      if (seen.has(key))
        context.addIssue({
          code: "custom",
          path: [index],
          message: "A limit before this one has the same action, period and entities. Remove one of the two.",
        });
      seen.add(key);
    });
  });

const place = { applicationId: smallIdField, campaignId: smallIdField };

/** The form of a new budget. */
export const addBudgetInput = limitField.extend(place);
export type AddBudgetInput = z.output<typeof addBudgetInput>;

/** The form of a budget that is there: a new amount, for the one that was shown. */
export const saveBudgetInput = limitField
  .pick({ limit: true })
  .extend({ ...place, budgetId: idField, shown: z.number() });
export type SaveBudgetInput = z.output<typeof saveBudgetInput>;

/** Names a budget to be removed. */
export const removeBudgetInput = z.strictObject({ ...place, budgetId: idField });
export type RemoveBudgetInput = z.output<typeof removeBudgetInput>;
