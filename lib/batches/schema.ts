import { z } from "zod";
import { batchIdField } from "@/lib/codes/schema";
import { campaignIdsField } from "@/lib/operations/schema";
import { textField } from "@/lib/text-field";

const named = (text: string) => !/\p{Cc}/u.test(text);

/** What a batch is called, in NFC, on one line; empty where it has no name. */
export const batchNameField = z
  .string()
  .normalize("NFC")
  .pipe(textField(0, 120, "A batch's name"))
  .refine(named, { error: "A batch's name holds a line break or another control character; remove it." });

const noteField = z
  .string()
  .normalize("NFC")
  .pipe(textField(0, 1000, "A note"));

/** Names a batch. `shown` is what the form began with: what somebody else saved since is not lost without a word. */
export const nameBatchInput = z.strictObject({
  scope: campaignIdsField,
  batchId: batchIdField,
  name: batchNameField,
  note: noteField,
  shown: z.strictObject({ name: z.string().max(1000), note: z.string().max(10_000) }),
});
export type NameBatchInput = z.output<typeof nameBatchInput>;

/** Name and note as somebody else saved them meanwhile: what a refusal as stale carries. */
export const savedNames = z.object({ name: z.string(), note: z.string() });
export type BatchNames = z.output<typeof savedNames>;
