import { z } from "zod";
import { shortened } from "@/lib/shortened";

const shown = (issue: { input?: unknown }) => `“${shortened(String(issue.input), 40)}”`;

/** What a budget counts; `createReferral` counts what rules make, and nothing that is made by hand or over the API. */
export const budgetActions = ["redeemReferral", "createReferral"] as const;
export const budgetPeriods = ["daily", "weekly", "monthly", "yearly"] as const;
/** For whom each a budget counts by itself; none is for the whole campaign. */
export const budgetEntities = ["Profile", "Referral"] as const;

/** Above any number of redemptions, and exact as a float. */
const amountMax = 1_000_000_000_000;

/** A budget as clients define it (reference: talon-one-api section 11). 0 allows nothing. */
export const limitField = z.strictObject({
  action: z.enum(budgetActions, {
    error: (issue) => `${shown(issue)} is nothing that is counted here: give one of ${budgetActions.join(", ")}.`,
  }),
  limit: z.number({ error: "A limit is a number from 0 on." }).refine((limit) => limit >= 0 && limit <= amountMax, {
    error: (issue) => `${String(issue.input)} is out of range: a limit is a number from 0 to ${amountMax}.`,
  }),
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
