import { isOverTls } from "@/lib/access/session-cookie";
import { basePath } from "@/lib/base-path";
import { readSettings } from "@/lib/env";
import { askedHost } from "@/lib/same-origin";

const inAddress = (name: string) => (name.includes(":") ? `[${name}]` : name);

/**
 * What links in a mail begin with: where the request was sent, as long as that is a name which the settings have. Any address may be
 * asked by, also one that leads to somebody else; who asks for a mail to another's address must not choose where its link leads.
 */
export function mailOrigin(headers: Headers): string {
  const { allowedHosts, host } = readSettings(process.env);
  const names = allowedHosts.length > 0 ? allowedHosts : [host.toLowerCase(), "localhost", "127.0.0.1", "::1"];
  const [first = ""] = names;
  const scheme = isOverTls(headers) ? "https" : "http";
  const asked = `${scheme}://${askedHost(Object.fromEntries(headers))}`;
  if (URL.canParse(asked)) {
    const { hostname, origin } = new URL(asked);
    if (names.map(inAddress).includes(hostname)) return origin + basePath;
  }
  return `${scheme}://${inAddress(first)}${basePath}`;
}
