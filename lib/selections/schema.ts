import { z } from "zod";
import { idField } from "@/lib/codes/schema";
import { campaignIdsField } from "@/lib/operations/schema";
import { referralFilterField } from "@/lib/referrals/list/filter/schema";

/** How long a pasted text can be, in bytes. */
export const pastedBytesMax = 16_000_000;
/** How many codes can be pasted at once. */
export const pastedMax = 100_000;
/** How many words a pasted text can have: a sheet of so many codes with ten columns. */
export const piecesMax = 1_000_000;
/** How many codes of each kind an answer names; it counts all. */
export const namedMax = 100;

/** What is chosen: rows by their ids, all codes that match a filter now, or a stored selection but for some. */
const chosenField = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("ids"),
    ids: z.array(idField).min(1, { error: "Choose at least one referral." }).max(10_000),
  }),
  z.strictObject({
    by: z.literal("filter"),
    filter: referralFilterField,
    /** A filter that asks for nothing is every code of the campaign, which has to be said. */
    all: z.boolean().default(false),
  }),
  z.strictObject({
    by: z.literal("selection"),
    selectionId: idField,
    /** Codes of it that are left out, and others that are in. */
    without: z.array(idField).max(10_000, { error: "Up to 10,000 codes can be left out one by one." }),
    with: z.array(idField).max(10_000, { error: "Up to 10,000 codes can be added one by one." }),
  }),
]);
export type Chosen = z.output<typeof chosenField>;

export const chooseReferralsInput = z.strictObject({ scope: campaignIdsField, chosen: chosenField });

/** Codes of an answer: the first `namedMax`, and how many there are. */
export interface NamedCodes {
  first: string[];
  count: number;
}

/** What became of a choice. Only `found` codes are selected. */
export interface Choice {
  /** Null when nothing was found: then there is no selection. */
  selectionId: string | null;
  /** When they were chosen, by the server's clock. */
  at: Date | null;
  found: number;
  /** Of pasted codes: those that this application does not have; of a text with sentences, what looks like a code. */
  notFound: NamedCodes;
  /** Of pasted codes: those that are of other campaigns, by campaign. */
  elsewhere: (NamedCodes & { campaignId: number; campaign: string })[];
  /** Of pasted codes: how many were there more than once; they count once. */
  duplicates: number;
  /** Whether pasted text has words side by side, which are then no codes that are missing. */
  prose: boolean;
}

/** Which of these codes, a page of the list at most, a stored selection holds. */
export const chosenAmongInput = z.strictObject({ selectionId: idField, ids: z.array(idField).min(1).max(250) });
