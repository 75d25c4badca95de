import { z } from "zod";
import { attributeValueField, byAttribute } from "@/lib/attributes/schema";
import { attributeField, type CodeFieldName, codeFieldNames } from "@/lib/codes/fields";
import {
  batchIdField,
  idField,
  instantField,
  integrationIdField,
  smallIdField,
  usageLimitField,
} from "@/lib/codes/schema";
import { textField } from "@/lib/text-field";

export const operationKinds = ["create", "import", "edit", "delete", "undo"] as const;
export type OperationKind = (typeof operationKinds)[number];

/** What an operation does to rows; undoing turns create into delete, delete into create. */
export type OperationEffect = "create" | "edit" | "delete";

/** Where an operation happens: one campaign of one application. */
export const campaignIdsField = z.strictObject({ applicationId: smallIdField, campaignId: smallIdField });

/** Which referrals an operation is about. A batch or a filter travels as itself, never as ids. */
export const selectionField = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("ids"),
    ids: z.array(idField).min(1, { error: "Choose at least one referral." }).max(10_000),
  }),
  z.strictObject({ by: z.literal("batch"), batchId: batchIdField }),
  /** What another operation left alone because it was cancelled or the codes had changed. */
  z.strictObject({ by: z.literal("left"), operationId: idField }),
  /** A stored selection (lib/selections): rows that were ticked, all that matched a filter, or pasted codes. */
  z.strictObject({ by: z.literal("selection"), selectionId: idField }),
]);
export type Selection = z.output<typeof selectionField>;

/** Made once per opened form; sending the same form twice carries it out once. */
export const requestKeyField = z.uuid({ error: "The form lost its request key; reload the page." });

const leave = z.strictObject({ do: z.literal("leave") });
const days = z
  .number({ error: "Type the number of days as a whole number, for example 14 or -7." })
  .int({ error: "Days are a whole number, for example 14 or -7." })
  .refine((value) => value !== 0 && Math.abs(value) <= 36_500, {
    error: (issue) =>
      `${String(issue.input)} days is not possible: shift by 1 to 36,500 days, or by a negative number to go back.`,
  });
const dateInstruction = z.discriminatedUnion("do", [
  leave,
  z.strictObject({ do: z.literal("set"), value: instantField }),
  z.strictObject({ do: z.literal("clear") }),
  z.strictObject({ do: z.literal("shift"), days }),
  /** The end of the month that the date is in, on the clocks of the application's zone. */
  z.strictObject({ do: z.literal("monthEnd") }),
]);
const limitInstruction = z.discriminatedUnion("do", [
  leave,
  z.strictObject({ do: z.literal("set"), value: usageLimitField }),
  z.strictObject({
    do: z.literal("raise"),
    by: usageLimitField.refine((by) => by > 0, {
      error: (issue) => `${String(issue.input)} is not possible: raise the limit by 1 to 999,999.`,
    }),
  }),
]);
const friendInstruction = z.discriminatedUnion("do", [
  leave,
  z.strictObject({ do: z.literal("set"), value: integrationIdField }),
  z.strictObject({ do: z.literal("clear") }),
]);
const attributeInstruction = z.discriminatedUnion("do", [
  leave,
  z.strictObject({ do: z.literal("set"), value: attributeValueField }),
  z.strictObject({ do: z.literal("remove") }),
]);

/** What an edit says to do with each field: leave, set, clear, and where it makes sense shift or raise. */
const fieldInstructions = {
  validFrom: dateInstruction.default({ do: "leave" }),
  validUntil: dateInstruction.default({ do: "leave" }),
  usageLimit: limitInstruction.default({ do: "leave" }),
  friendIntegrationId: friendInstruction.default({ do: "leave" }),
} as const satisfies Record<CodeFieldName, z.ZodType>;

/** An edit. Never of the code itself or its advocate. */
export const editChangesField = z
  .strictObject({
    ...fieldInstructions,
    attributes: byAttribute(attributeInstruction).default({}),
    /** Codes that have redemptions are left alone. */
    onlyUnredeemed: z.boolean().default(false),
  })
  .superRefine((changes, context) => {
    if (
      changes.validFrom.do === "set" &&
      changes.validUntil.do === "set" &&
      changes.validFrom.value &&
      changes.validUntil.value &&
      changes.validFrom.value >= changes.validUntil.value
    ) {
      context.addIssue({ code: "custom", path: ["validUntil"], message: "Valid until must be later than valid from." });
    }
  });
export type EditChanges = z.output<typeof editChangesField>;

/** What a form showed of the fields that it changes: the JSON of each value, by the log's name of the field. */
const shownValuesField = z
  .record(z.string().max(300), z.string().max(200_000))
  .refine((shown) => Object.keys(shown).length <= 200, { error: "A form shows up to 200 fields of a code." });

/** New values for one code. `shown` is what its form began with: what somebody else changed since is not lost without a word. */
export const saveInput = z.strictObject({
  scope: campaignIdsField,
  referralId: idField,
  changes: editChangesField,
  shown: shownValuesField,
});

/** The fields that an edit does something with, by their names in the log. */
export function changedFields(changes: EditChanges): string[] {
  const attributes = Object.keys(changes.attributes).filter((name) => changes.attributes[name]?.do !== "leave");
  return [...codeFieldNames.filter((field) => changes[field].do !== "leave"), ...attributes.map(attributeField)];
}

/** What becomes of cells of a file that somebody else changed since it was made. */
export const conflictChoices = ["skip", "overwrite"] as const;
/** What an edit keeps whose values stand cell by cell in a file: `cells.ts` makes its rows. */
export const cellsInput = z.object({
  by: z.literal("cells"),
  importId: idField,
  fileName: z.string(),
  conflicts: z.enum(conflictChoices),
});
export type CellsInput = z.output<typeof cellsInput>;

/** True when an edit would touch nothing. */
export const changesNothing = (changes: EditChanges): boolean => changedFields(changes).length === 0;

/** A plan is kept until it is applied, replaced or a day old; `replaces` drops the form's previous one. */
const planRequest = z.strictObject({
  scope: campaignIdsField,
  replaces: idField.nullish(),
  /** When the form read what it shows: the plan names what others changed since. */
  openedAt: z.iso.datetime().nullish(),
});
export const planEditInput = planRequest.extend({ selection: selectionField, changes: editChangesField });
export const planDeleteInput = planRequest.extend({
  selection: selectionField,
  keepRedeemed: z.boolean().default(false),
});
export const planUndoInput = planRequest.extend({ operationId: idField });
export const undoInput = z.strictObject({ scope: campaignIdsField, operationId: idField });
export const applyPlanInput = z.strictObject({ scope: campaignIdsField, planId: idField });
/** What somebody says to whoever approves, or to who asked. */
const remarkMost = 500;
export const askApprovalInput = applyPlanInput.extend({ note: textField(0, remarkMost, "A note").default("") });
export const approvalInput = z.strictObject({ scope: campaignIdsField, operationId: idField });
export const refusePlanInput = approvalInput.extend({ reason: textField(1, remarkMost, "A reason") });
export const cancelInput = z.strictObject({ scope: campaignIdsField, operationId: idField });
/** Plans again what an operation left alone because it was cancelled or the codes had changed, or all of what ended without approval. */
export const planRetryInput = planRequest.extend({ operationId: idField });
