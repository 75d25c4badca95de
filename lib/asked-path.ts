/** The header by which the launch tells the application what was asked for; Next's pages do not know it. */
export const askedPathHeader = "x-referrals-path";

const longest = 2000;
const elsewhere = /^\/(sign-in|sign-out|enter|forgotten)(\/|\?|$)/;

/** A path of ours that somebody may be led to; `/` for any other, and for the pages by which one gets in or out. */
export function ownPath(path: string | null | undefined): string {
  if (!path || path.length > longest || !/^\/(?![/\\])[\x21-\x7e]*$/.test(path) || path.includes("\\")) return "/";
  const base = "http://own.invalid";
  if (!URL.canParse(path, base)) return "/";
  const { origin, pathname, searchParams } = new URL(path, base);
  if (origin !== base || pathname.startsWith("//") || elsewhere.test(pathname)) return "/";
  searchParams.delete("_rsc"); // Next's own, of a step from page to page
  const query = searchParams.size > 0 ? `?${searchParams}` : "";
  return `${pathname}${query}`;
}

/** The path of the page that a request asks for. */
export function askedPath(headers: Pick<Headers, "get">): string {
  return ownPath(headers.get(askedPathHeader));
}
