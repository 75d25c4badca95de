import type { LinkReason } from "@/lib/campaigns/reasons";

/** Where a link's pattern has the code. */
export const codePlace = "{code}";
/** How many characters a pattern has at most. */
export const linkPatternMax = 500;

function addressOf(pattern: string, code: string): URL | null {
  try {
    return new URL(pattern.replaceAll(codePlace, code));
  } catch {
    return null;
  }
}

/** What is wrong with the pattern of a campaign's links, or null. An empty one is none: the campaign has no links. */
export function linkProblem(pattern: string): LinkReason | null {
  if (pattern === "") return null;
  if (pattern.length > linkPatternMax) return { reason: "link_long", length: pattern.length, most: linkPatternMax };
  const address = addressOf(pattern, "CODE");
  const isWeb = address !== null && /^https?:$/.test(address.protocol) && !address.username && !address.password;
  if (!isWeb || /[\s\p{Cc}]/u.test(pattern)) return { reason: "link_no_address", pattern };
  if (!pattern.includes(codePlace)) return { reason: "link_without_code", pattern };
  if (address.host !== addressOf(pattern, "OTHER")?.host) return { reason: "link_code_in_host", pattern };
  return null;
}

/** The link by which an advocate shares a code. @param pattern one without a problem, and not empty */
export function linkOf(pattern: string, code: string): string {
  return pattern.replaceAll(codePlace, () => encodeURIComponent(code));
}
