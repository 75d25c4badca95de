import { searchKey } from "@/lib/codes/folding";
import { searchPartMin } from "@/lib/referrals/list/filter/terms";

const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** Whether `compared`, what an index sees of a text, is too short for an index of three-letter parts. */
export const isShort = (compared: string): boolean => [...compared].length < searchPartMin;

/** Whether a search finds what begins with it only, and says so. */
export const isShortSearch = (search: string): boolean => {
  const key = searchKey(search);
  return key !== "" && isShort(key);
};

/** The LIKE pattern of what has this part: in any place, or at the beginning where `compared` is short. */
export const partOf = (text: string, compared: string): string =>
  isShort(compared) ? `${escapeLike(text)}%` : `%${escapeLike(text)}%`;

/** The longest run of letters and digits: what an index of three-letter parts can look for. */
export const longestRun = (text: string): string =>
  (text.match(/[\p{L}\p{N}]+/gu) ?? []).reduce((longest, run) => (run.length > longest.length ? run : longest), "");

const askedLength = 8;

/**
 * A few characters of a text by which an index finds it. An index of three-letter parts looks up each of them, so a long text is
 * asked for by the characters that look rarest: digits, and not what follows an @. Short texts are their own part.
 */
export function rarestPart(text: string): string {
  const characters = [...text];
  const domain = characters.lastIndexOf("@");
  const weights = characters.map((one, index) =>
    domain >= 0 && index > domain ? 0 : /\p{N}/u.test(one) ? 3 : /\p{L}/u.test(one) ? 1 : 0,
  );
  let best = { from: 0, weight: 0 };
  for (let from = 0; from + askedLength <= characters.length; from += 1) {
    const weight = weights.slice(from, from + askedLength).reduce<number>((sum, one) => sum + one, 0);
    if (weight >= best.weight) best = { from, weight };
  }
  const part = characters.slice(best.from, best.from + askedLength).join("");
  return longestRun(part).length < searchPartMin ? text : part;
}
