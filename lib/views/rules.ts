import { foldName } from "@/lib/fold-name";
import { splits } from "@/lib/referrals/list/filter/text";
import type { View } from "@/lib/views/schema";

/** What the list is called where views are chosen and none is. */
export const noViewName = "All referrals";

/**
 * The view that a change of the list began from: the newest one whose list was shown. While the list differs, a newer one
 * with another list was never seen, so it does not count, and a save of the older one is refused.
 * @param before what it began from so far @param now the view as it was last fetched @param shown whether the list is as `now` has it
 */
export function beganFrom(before: View | undefined, now: View, shown: boolean): View {
  return !before || shown || sameList(before.query, now.query) ? now : before;
}

/** A name for a copy of a view that none of these views has. */
export function copyName(name: string, views: readonly Pick<View, "name">[]): string {
  const taken = new Set(views.map((other) => foldName(other.name)));
  // by characters: half a pair would be none
  const copy = `${[...name].slice(0, 50).join("")} copy`;
  let free = copy;
  for (let count = 2; taken.has(foldName(free)); count += 1) free = `${copy} ${count}`;
  return free;
}

/** A list's query with its parameters, and the values of conditions that are lists, in one order. */
const ordered = (query: string) =>
  query
    .split("&")
    .map((part) =>
      /^(status|origin|attr\.\w+)=(?!has:)/.test(part)
        ? JSON.stringify(splits(decodeURIComponent(part.replace(/=(is:|num:)?/, "$&,"))).sort())
        : part,
    )
    .sort()
    .join();

/** Whether two queries, as `listQuery` writes them, mean the same list: their order decides nothing. */
export const sameList = (one: string, other: string) => ordered(one) === ordered(other);
