import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { accessSentences } from "@/lib/access/reasons";
import { askedPathHeader } from "@/lib/asked-path";
import type { Settings } from "@/lib/env";
import { askedHost, isSameOrigin } from "@/lib/same-origin";
import { say } from "@/lib/say";
import type { Answer } from "./answers";

type Asked = Pick<IncomingMessage, "method" | "url" | "headers">;

/** Paths that whatever watches over the process asks, by whatever name it has for it. */
const healthPaths = ["/livez", "/readyz"];
const methods = ["GET", "HEAD", "POST"];

/** Whether the path of an address can be decoded; Next answers one that cannot with an error of ours, which it is not. */
function isReadable(address: string): boolean {
  try {
    decodeURIComponent(address.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether a request's host is a name of this server. Loopback is a fence, and a page elsewhere could
 * reach through it under a name of its own that leads here (DNS rebinding); addresses cannot be made to lead elsewhere.
 */
export function isKnownHost(
  header: string | undefined,
  { host, allowedHosts }: Pick<Settings, "host" | "allowedHosts">,
): boolean {
  const name = URL.canParse(`http://${header}`) ? new URL(`http://${header}`).hostname : "";
  const address = isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  return address || name === "localhost" || name === host.toLowerCase() || allowedHosts.includes(name);
}

function unknownHost(asked: string): Answer {
  const name = asked
    .slice(0, 100)
    .replace(/:\d+$/, "")
    .replace(/[^A-Za-z0-9.-]/g, "");
  const sentence = `This server does not answer for the host “${name}”. If it should, start it with ALLOWED_HOSTS=${name}.`;
  return { status: 421, sentence };
}

/** Why a form in parts is none of ours, which are sent by scripts as actions; Next fails on others. Null where it may be one. */
function formProblem(headers: Asked["headers"]): string | null {
  const type = headers["content-type"] ?? "";
  if (!/^\s*multipart\//i.test(type)) return null;
  if (!/;\s*boundary=("[^"]|[^"\s;])/i.test(type))
    return "This form cannot be read: its content type names no boundary of its parts.";
  return headers["next-action"] === undefined ? "There is no such form here; a file is sent as the body itself." : null;
}

/**
 * What is answered before the application is asked, or null where it is. Both `Host` and, behind a proxy, what the first
 * proxy was asked for have to be names of this server: a page can set the one, never the other.
 */
export function refusalOf(
  { method = "", url = "", headers }: Asked,
  settings: Pick<Settings, "host" | "allowedHosts">,
): Answer | null {
  if (!methods.includes(method)) {
    const sentence = `${method} is not answered here; ${methods.join(", ")} are.`;
    return { status: 405, sentence, headers: { allow: methods.join(", ") } };
  }
  if (!url.startsWith("/"))
    return { status: 400, sentence: "This is no address of this server: it has to begin with a slash." };
  if (!isReadable(url)) return { status: 400, sentence: "This address cannot be read: a % in it stands for nothing." };
  if (method !== "POST" && healthPaths.includes(url.split("?", 1)[0] ?? "")) return null;
  const strangers = [headers.host, askedHost(headers)].filter((host) => !isKnownHost(host, settings));
  if (strangers.length > 0) return unknownHost(strangers[0] ?? "");
  if (method === "POST" && !isSameOrigin(headers))
    return { status: 403, sentence: say(accessSentences, { reason: "other_site" }) };
  const problem = method === "POST" ? formProblem(headers) : null;
  return problem === null ? null : { status: 400, sentence: problem };
}

/**
 * Names the host that was asked for as the application is to see it, once. Next lets an action run only where the host is the
 * origin's to the letter, port and all; `isSameOrigin` has decided that.
 */
export function settleHost({ method, headers }: Asked): void {
  const { origin } = headers;
  if (method === "POST" && origin !== undefined) headers["x-forwarded-host"] = new URL(origin).host;
  else if (headers["x-forwarded-host"] !== undefined) headers["x-forwarded-host"] = askedHost(headers);
}

// Networks of one's own, where proxies are.
const near = new BlockList();
for (const [net, prefix] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["127.0.0.0", 8],
] as const)
  near.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of [
  ["::1", 128],
  ["fc00::", 7],
  ["fe80::", 10],
] as const)
  near.addSubnet(net, prefix, "ipv6");

/**
 * Where a request comes from: of what a proxy in a network of one's own says, the last, which is what it saw itself; of anybody else
 * the connection's end, whatever they say. Else who guesses passwords could be another one with each request.
 */
export function clientAddress(peer: string | undefined, forwarded: string | undefined): string {
  const end = (peer ?? "").replace(/^::ffff:(?=\d+\.)/, "");
  const last = forwarded?.split(",").at(-1)?.trim() ?? "";
  const kind = isIP(end);
  const isNear = kind !== 0 && near.check(end, kind === 6 ? "ipv6" : "ipv4");
  return isNear && isIP(last) !== 0 ? last : end;
}

/** Tells the application what it cannot see itself: where a request comes from, and which page it asks for. */
export function settleAsked({ headers, url, socket }: IncomingMessage): void {
  headers["x-forwarded-for"] = clientAddress(socket.remoteAddress, headers["x-forwarded-for"]?.toString());
  headers[askedPathHeader] = url;
}
