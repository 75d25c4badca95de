import { linkOf } from "@/lib/campaigns/links";
import type { ShareTextReason } from "@/lib/campaigns/reasons";
import { characterCount, storableProblem } from "@/lib/codes/rules";
import { formatBound } from "@/lib/format";

/** What a share text has places for, and what stands there. */
export const sharePlaces = {
  code: "the code",
  link: "its link",
  advocate: "whose code it is",
  validUntil: "its last day",
} as const;
type SharePlace = keyof typeof sharePlaces;
/** How many characters a share text has at most. */
export const shareTextMax = 1_000;
/** What stands in the place of an end that there is not: “valid until further notice”. */
const noEnd = "further notice";

const place = /\{([^{}]*)\}/g;
const isPlace = (name: string): name is SharePlace => Object.hasOwn(sharePlaces, name);

/** What is wrong with a campaign's share text, or null. An empty one is none. @param linkPattern the campaign's; empty where it has no links */
export function shareTextProblem(text: string, linkPattern: string): ShareTextReason | null {
  if (text === "") return null;
  const length = characterCount(text);
  if (length > shareTextMax) return { reason: "share_text_long", length, most: shareTextMax };
  const broken = storableProblem(text);
  if (broken) return broken;
  const named = [...text.matchAll(place)].map(([, name = ""]) => name);
  const unknown = named.find((name) => !isPlace(name));
  if (unknown !== undefined) return { reason: "share_text_place", place: unknown };
  if (!named.includes("code") && !named.includes("link")) return { reason: "share_text_without_code" };
  return named.includes("link") && linkPattern === "" ? { reason: "share_text_without_links" } : null;
}

/** A code as a share text tells it. */
export interface SharedCode {
  code: string;
  advocateIntegrationId: string;
  validUntil: Date | null;
}

/** The text by which an advocate shares a code: each place is filled once. @param text one without a problem, and not empty */
export function shareTextOf(
  text: string,
  { code, advocateIntegrationId, validUntil }: SharedCode,
  { linkPattern, zone }: { linkPattern: string; zone: string },
): string {
  const values: Record<SharePlace, () => string> = {
    code: () => code,
    link: () => linkOf(linkPattern, code),
    advocate: () => advocateIntegrationId,
    validUntil: () => (validUntil ? formatBound(validUntil, zone, "end") : noEnd),
  };
  return text.replace(place, (whole, name: string) => (isPlace(name) ? values[name]() : whole));
}
