import { DomainError } from "@/lib/errors";

/**
 * Refuses a state-changing request that another site's page sent. Next lets a request without an Origin header run an
 * action; a browser always sends one with a POST, so its absence is refused too.
 */
export function assertSameOrigin(headers: Headers): void {
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const same = origin !== null && URL.canParse(origin) && new URL(origin).host === host;
  if (!same || (site !== null && site !== "same-origin")) {
    throw new DomainError("forbidden", "This request came from another site and was not carried out.");
  }
}
