import { integrationIdProblem } from "@/lib/codes/rules";
import { batchIdField, idField } from "@/lib/codes/schema";
import { parseStrictInstant } from "@/lib/instant";
import { readCursor, type SearchParams, storableParams } from "@/lib/search-params";
import { shortened } from "@/lib/shortened";

/** A range of redemptions; its end is exclusive. Of all codes, or those of an advocate, or of a batch. */
export interface RedemptionRange {
  from: Date;
  to: Date;
  advocate?: string;
  batch?: string;
}

/** How long a range is whose address does not say where it begins, in milliseconds: 30 days. */
const usualRange = 30 * 86_400_000;

/** The address of a campaign's redemptions in a range, from the campaign's path. */
export function redemptionsHref(campaignPath: string, range: RedemptionRange, before?: string): string {
  const { from, to, advocate, batch } = range;
  const of = { ...(advocate !== undefined && { advocate }), ...(batch !== undefined && { batch }) };
  const query = { from: from.toISOString(), to: to.toISOString(), ...of, ...(before && { before }) };
  return `${campaignPath}/redemptions?${new URLSearchParams(query)}`;
}

/** Reads it back. What cannot be read is noted, and left out as what is not there: then a range ends now, and has 30 days. */
export function readRedemptions(
  params: SearchParams,
  now: Date,
): { range: RedemptionRange | null; before: string | null; notes: string[] } {
  const raw = storableParams(params);
  const notes: string[] = [];
  const instant = (name: "from" | "to"): Date | null => {
    const text = raw.get(name);
    const moment = text === null ? null : parseStrictInstant(text);
    if (moment === null || moment instanceof Date) return moment;
    notes.push(`The address named a time as “${name}” that cannot be read; it is left out.`);
    return null;
  };
  const to = instant("to") ?? now;
  const from = instant("from") ?? new Date(to.getTime() - usualRange);
  const before = readCursor(raw, "before", (text) => idField.safeParse(text).success, notes);
  const [advocate, batch] = [raw.get("advocate"), raw.get("batch")];
  const wrong =
    (advocate !== null &&
      integrationIdProblem(advocate) !== null &&
      `“${shortened(advocate)}” is no Integration ID.`) ||
    (batch !== null && !batchIdField.safeParse(batch).success && `“${shortened(batch)}” is no Batch ID of 8 letters.`);
  // left out, it would show more than was asked
  if (wrong) return { range: null, before: null, notes: [`${wrong} No redemption can be of it.`] };
  return {
    range: { from, to, ...(advocate !== null && { advocate }), ...(batch !== null && { batch }) },
    before,
    notes,
  };
}
