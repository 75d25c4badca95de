import { z } from "zod";
import { batchIdField, idField } from "@/lib/referrals/schema";

export const operationKinds = ["create", "import", "edit", "delete", "undo"] as const;
export type OperationKind = (typeof operationKinds)[number];

/** What an operation does to rows; undoing turns create into delete, delete into create. */
export type OperationEffect = "create" | "edit" | "delete";

/** Where an operation happens: one campaign of one application. */
export const scopeField = z.object({
  applicationId: z.number().int().positive(),
  campaignId: z.number().int().positive(),
});
export type CampaignScope = z.output<typeof scopeField>;

/** Which referrals an operation is about. A batch or a filter travels as itself, never as ids. */
export const selectionField = z.discriminatedUnion("by", [
  z.object({
    by: z.literal("ids"),
    ids: z.array(idField).min(1, { error: "Choose at least one referral." }).max(10_000),
  }),
  z.object({ by: z.literal("batch"), batchId: batchIdField }),
]);
export type Selection = z.output<typeof selectionField>;

/** Made once per opened form; sending the same form twice carries it out once. */
export const requestKeyField = z.uuid({ error: "The form lost its request key; reload the page." });
