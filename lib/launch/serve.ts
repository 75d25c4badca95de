import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { isIP } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Settings } from "@/lib/env";
import { log } from "@/lib/log";
import { errorCode, LaunchProblem } from "./problem";
import { onShutdown } from "./shutdown";

/** How long running requests may take after a stop was asked for, in milliseconds. */
const drainMilliseconds = 15_000;

/** The address is claimed and the door is shut: it opens with the application's request handler. */
type Door = { address: string; open(handle: RequestListener): void };

const plainText = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

const starting: RequestListener = (request, response) => {
  const alive = request.url === "/livez";
  response.writeHead(alive ? 200 : 503, { ...plainText, "retry-after": "2" });
  response.end(alive ? "ok\n" : "Referrals is starting.\n");
};

/** Stops accepting, lets running requests finish, and cuts what is left after a while or when hurried. */
export async function drain(server: Server, hurry: AbortSignal): Promise<void> {
  let closed = false;
  server.close(() => {
    closed = true;
  });
  const deadline = Date.now() + drainMilliseconds;
  while (!closed && Date.now() < deadline && !hurry.aborted) {
    server.closeIdleConnections(); // a kept connection is idle again after its last answer
    await pause(20);
  }
  server.closeAllConnections();
}

/**
 * Claims the address before anything slow is done; until the door opens it answers that Referrals is starting.
 * @throws LaunchProblem when the address is taken or not ours to take.
 */
export async function claimAddress({ host, port }: Settings): Promise<Door> {
  let handle = starting;
  const server = createServer((request, response) => handle(request, response));
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const mends: Record<string, string> = {
      EADDRINUSE: `Port ${port} on ${host} is taken; stop what uses it, or set PORT to another one.`,
      EACCES: `Port ${port} may not be used by this user; set PORT to one above 1023.`,
      EADDRNOTAVAIL: `HOST is "${host}", which is no address of this machine; give one that is, such as 127.0.0.1.`,
      ENOTFOUND: `HOST is "${host}", which is no known name; give an address of this machine, such as 127.0.0.1.`,
    };
    throw new LaunchProblem(mends[errorCode(error) ?? ""] ?? `Cannot listen on ${host}:${port}: ${String(error)}`);
  }
  const close = (hurry: AbortSignal) => drain(server, hurry);
  const forget = onShutdown(close);
  const bound = server.address();
  const actualPort = typeof bound === "object" && bound ? bound.port : port;
  const shownHost = host.includes(":") ? `[${host}]` : host;
  return {
    address: `http://${shownHost}:${actualPort}`,
    open(handler) {
      handle = handler;
      forget();
      onShutdown(close); // requests end before what they need, which was made ready meanwhile
    },
  };
}

/** What the application keeps for the process: its pools (lib/db.ts) and worker, whose modules are inside Next's bundle. */
type ProcessHolder = {
  referralsWorker?: { stop(): Promise<void> };
  referralsDatabase?: { close(): Promise<void> };
};

/** Whether the path of an address can be decoded; Next answers one that cannot with an error of ours, which it is not. */
export function isReadable(address: string): boolean {
  try {
    decodeURIComponent(address.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether a request's Host (or what a proxy in front was asked for) is a name of this server. Without sign-in, loopback is the
 * only fence, and a page elsewhere could reach through it under a name of its own that leads here (DNS rebinding);
 * addresses cannot be made to lead elsewhere.
 */
export function isKnownHost(
  header: string | undefined,
  { host, allowedHosts }: Pick<Settings, "host" | "allowedHosts">,
): boolean {
  const name = URL.canParse(`http://${header}`) ? new URL(`http://${header}`).hostname : "";
  const address = isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  return address || name === "localhost" || name === host.toLowerCase() || allowedHosts.includes(name);
}

function refuseHost(request: IncomingMessage, response: ServerResponse): void {
  const asked = String(request.headers["x-forwarded-host"] ?? request.headers.host ?? "").slice(0, 100);
  const name = asked.replace(/:\d+$/, "").replace(/[^A-Za-z0-9.-]/g, "");
  response
    .writeHead(421, plainText)
    .end(`This server does not answer for the host “${name}”. If it should, start it with ALLOWED_HOSTS=${name}.\n`);
}

/**
 * Loads the built application into this process. A `next start` in a child would be a second process to keep alive and
 * a second set of signal handlers; here one order holds: requests finish, then the pool closes, then the database stops.
 */
export async function loadApplication(settings: Settings): Promise<RequestListener> {
  const { host, port } = settings;
  const { default: next } = await import("next");
  const application = next({ dev: false, dir: ".", hostname: host, port });
  await application.prepare();
  const close = async () => {
    await application.close();
    const { referralsWorker, referralsDatabase } = globalThis as ProcessHolder;
    await referralsWorker?.stop();
    await referralsDatabase?.close();
  };
  onShutdown((hurry) => Promise.race([close(), once(AbortSignal.any([hurry, AbortSignal.timeout(5000)]), "abort")]));
  const handle = application.getRequestHandler();
  return (request, response) => {
    const { host: named, "x-forwarded-host": forwarded } = request.headers;
    if (![named, ...(forwarded === undefined ? [] : [String(forwarded)])].every((one) => isKnownHost(one, settings)))
      refuseHost(request, response);
    else if (request.method === "TRACE") response.writeHead(405, plainText).end("TRACE is not answered here.\n");
    else if (isReadable(request.url ?? "/")) void handle(request, response);
    else response.writeHead(400, plainText).end("This address cannot be read: a % in it stands for nothing.\n");
  };
}

/** Keeps the service up when something escapes a request: all that has to be right is in the database's transactions. */
export function surviveFaults(): void {
  process.on("uncaughtException", (error) => log.error({ err: error }, "uncaught exception"));
  process.on("unhandledRejection", (reason) => log.error({ err: reason }, "unhandled rejection"));
}
