import { DomainError } from "@/lib/errors";

type HeaderFields = Record<string, string | string[] | undefined>;

/**
 * The host a browser asked for, perhaps with a port: what the first proxy was asked for, which stands first in
 * `X-Forwarded-Host`, else `Host`.
 */
export function askedHost(headers: HeaderFields): string | undefined {
  const [first] = String(headers["x-forwarded-host"] ?? "").split(",");
  return first?.trim() || String(headers.host ?? "") || undefined;
}

/**
 * Whether a request comes from a page of ours: its `Origin` is the host that was asked for. A proxy may have left the port
 * out of the host, or put its own there: then the browser's word that it is the same origin counts, and where it gives
 * none, that only a proxy answers https.
 */
export function isSameOrigin(headers: HeaderFields): boolean {
  const { origin, "sec-fetch-site": site } = headers;
  if (typeof origin !== "string" || !URL.canParse(origin)) return false;
  if (site !== undefined && site !== "same-origin") return false;
  const from = new URL(origin);
  const host = `${from.protocol}//${askedHost(headers)}`;
  const asked = URL.canParse(host) ? new URL(host) : null;
  if (!asked || asked.hostname !== from.hostname) return false;
  return asked.port === from.port || site === "same-origin" || (asked.port === "" && from.protocol === "https:");
}

/**
 * Refuses a state-changing request that another site's page sent. Next lets a request without an Origin header run an
 * action; a browser always sends one with a POST, so its absence is refused too.
 */
export function assertSameOrigin(headers: Headers): void {
  if (!isSameOrigin(Object.fromEntries(headers))) throw new DomainError("forbidden", { reason: "other_site" });
}
