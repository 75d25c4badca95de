import { z } from "zod";
import { attributeValueField, byAttribute } from "@/lib/attributes/schema";
import { batchNameField } from "@/lib/batches/schema";
import { patternProblem } from "@/lib/codes/generator";
import { codeSentences } from "@/lib/codes/reasons";
import { codeLength } from "@/lib/codes/rules";
import { codeField, idField, instantField, integrationIdField, usageLimitField } from "@/lib/codes/schema";
import { campaignIdsField, requestKeyField } from "@/lib/operations/schema";
import { refusedBy } from "@/lib/refused-by";

const everyCode = {
  scope: campaignIdsField,
  requestKey: requestKeyField,
  usageLimit: usageLimitField,
  validFrom: instantField,
  validUntil: instantField,
  /** Typed values by attribute name; the command knows the definitions. */
  attributes: byAttribute(attributeValueField),
};

/** What codes are drawn by. */
export const patternField = z
  .string()
  .superRefine(refusedBy(codeSentences, patternProblem))
  .meta({ minLength: codeLength.min, maxLength: codeLength.max });
const generated = {
  pattern: patternField,
  /** What `#` can become; judged by the application's case rule in the command. */
  characters: z.string().max(1000, { error: "Up to 1,000 characters can be given." }),
};

const oneAdvocate = {
  advocate: integrationIdField,
  /** The only customer who may redeem the code, or null for any. */
  friend: integrationIdField.nullable(),
};

function refuseOwnFriend(input: { advocate: string; friend: string | null }, context: z.RefinementCtx) {
  if (input.friend !== input.advocate) return;
  const message = `“${input.friend}” is the advocate, who cannot redeem their own code; give another friend or allow any.`;
  context.addIssue({ code: "custom", path: ["friend"], message });
}

/** What the form for new codes sends: an own code, a generated one, or generated ones for many advocates. */
export const createReferralsInput = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("own"), ...everyCode, ...oneAdvocate, code: codeField })
    .superRefine(refuseOwnFriend),
  z
    .strictObject({ kind: z.literal("generated"), ...everyCode, ...oneAdvocate, ...generated })
    .superRefine(refuseOwnFriend),
  z.strictObject({
    kind: z.literal("many"),
    ...everyCode,
    ...generated,
    /** The advocates, as `stageAdvocates` has kept them. */
    listId: idField,
    /** What their batch is called; empty for no name. */
    batchName: batchNameField.optional(),
  }),
]);
export type CreateReferrals = z.output<typeof createReferralsInput>;
