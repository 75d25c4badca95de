import { z } from "zod";
import { batchNameField } from "@/lib/batches/schema";
import { idField } from "@/lib/codes/schema";
import { encodings, singleByteEncodings } from "@/lib/imports/encodings";
import { columnsMax } from "@/lib/imports/records";
import { campaignIdsField, conflictChoices } from "@/lib/operations/schema";
import type { ProblemCause } from "@/lib/referrals/row-problems";
import { dateOrders } from "@/lib/written-date";

/** The largest file an import reads, in bytes. */
export const fileBytesMax = 500_000_000;
export const fileBytesMaxText = "500 MB";
/** The most rows a file may have. */
export const fileRowsMax = 5_000_000;

/** How many advocates a list of them may have, and so how many codes one form can make. */
export const advocatesMax = 1_000_000;

/** Which uploaded file an action is about. */
export const importInput = campaignIdsField.extend({ importId: idField });
export type ImportInput = z.output<typeof importInput>;

/** A checked file to import: whole, or without the rows that are refused; and what the batch is called. */
export const commitInput = importInput.extend({
  onlyGood: z.boolean().default(false),
  batchName: batchNameField.default(""),
});

/** A checked file that changes codes, to be planned: whole, or without the rows that are refused. */
export const planChangesInput = importInput.extend({
  conflicts: z.enum(conflictChoices).default("skip"),
  onlyGood: z.boolean().default(false),
  replaces: idField.nullish(),
});

/** How a file was read, as it is kept with it. Those of before have nothing but their columns. */
export const readingField = z.object({
  /** Of a file that changes codes: how many of its rows and cells say something else than when it was made. */
  changes: z.object({ rows: z.number(), cells: z.number() }).nullable().default(null),
  encoding: z.enum(encodings).default("utf-8"),
  /** What each column holds; null is left out. */
  fields: z.array(z.string().nullable()).nullable().default(null),
  /** Columns of which somebody should say whether this is right, by their place. */
  unsure: z.array(z.number()).default([]),
  /** In which order numbers of dates were read; null where nobody had to say. */
  order: z.enum(dateOrders).nullable().default(null),
  dates: z
    .object({
      ...{ day: z.number(), month: z.number(), either: z.number() },
      example: z.object({ text: z.string(), day: z.string(), month: z.string() }).nullable(),
      read: z.object({ text: z.string(), instant: z.string(), bound: z.enum(["start", "end"]) }).nullable(),
    })
    .nullable()
    .default(null),
});

/** How somebody wants a file to be read. What is left out stays as it was. */
export const rereadInput = importInput.extend({
  encoding: z.enum(singleByteEncodings).optional(),
  fields: z.array(z.string().max(110).nullable()).max(columnsMax).optional(),
  order: z.enum(dateOrders).nullable().optional(),
  /** The first line names no columns, but is a row like the others. */
  namesAreRow: z.boolean().default(false),
});
export type RereadInput = z.input<typeof rereadInput>;

/** Longest file name that is kept. */
const fileNameMax = 200;
export const fileNameField = z
  .string()
  .transform((name) => [...name.replace(/[\p{Cc}\p{Cs}]/gu, "").trim()].slice(-fileNameMax).join("") || "file.csv");

/** What each cause of a problem is called where problems are counted. */
export const causeLabels: Record<ProblemCause, string> = {
  code: "Code missing, or not a valid code",
  repeated: "Code is in the file more than once",
  taken: "Code already exists in this application",
  advocate: "Advocate’s Integration ID missing or too long",
  date: "Date that cannot be read or does not exist",
  dates: "Valid until is not after valid from",
  limit: "Redemption limit is no whole number from 0 to 999,999",
  attributes: "Attributes that cannot be stored",
  cells: "Row has too few or too many cells",
  quotes: "Quotes that do not match",
  key: "Upload key missing, changed or of another campaign",
  changed: "Code or advocate changed, which cannot be",
  friend: "Friend’s Integration ID that cannot be",
  gone: "Code that was deleted meanwhile",
};
export const problemCauses = Object.keys(causeLabels) as ProblemCause[];

/** What a delimiter is called. */
export const delimiterNames: Record<string, string> = { ",": "comma", ";": "semicolon", "\t": "tab" };
