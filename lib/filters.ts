import { readClock } from "@/lib/instant";
import { shortened } from "@/lib/shortened";

/** What the text of a filter has to be, and how that is said. */
export interface FilterKind {
  fits: (text: string) => boolean;
  said: string;
}

/** The longest text that is looked for, in characters. */
const textMax = 200;

function isDay(text: string): boolean {
  const reading = /^\d{4}-\d{2}-\d{2}$/.test(text) ? readClock(text) : null;
  return reading !== null && !("reason" in reading);
}

/** A text that is looked for. @param what it is: "a part of a name" */
export function textFilter(what: string): FilterKind {
  return { fits: (text) => text.length <= textMax, said: `${what}, up to ${textMax} characters` };
}

/** A day, on the clocks of the list's zone. */
export const dayFilter: FilterKind = { fits: isDay, said: "a day such as 2026-11-28" };

/**
 * Reads what a list's address leaves out; empty texts leave out nothing. What cannot be read is noted and ignored, and so is a last day
 * `to` before the first, `from`.
 */
export function readFilters(
  raw: URLSearchParams,
  kinds: Record<string, FilterKind>,
): { filter: Record<string, string>; notes: string[] } {
  const filter: Record<string, string> = {};
  const notes: string[] = [];
  for (const [name, { fits, said }] of Object.entries(kinds)) {
    const text = (raw.get(name) ?? "").trim();
    if (text === "") continue;
    if (fits(text)) filter[name] = text;
    else notes.push(`“${shortened(text)}” was left out: “${name}” is ${said}.`);
  }
  const { from, to } = filter;
  if (from && to && from > to) {
    delete filter.to;
    notes.push(`The last day, ${to}, was left out: it is before the first, ${from}.`);
  }
  return { filter, notes };
}

/** Whether a list leaves anything out, as its filters say. */
export function isFiltered(filter: object): boolean {
  return Object.values(filter).some((text) => text !== "");
}
