import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { basePath } from "@/lib/base-path";
import { pagePolicy } from "@/lib/content-security-policy";
import { databaseReady } from "@/lib/database-ready";
import type { Settings } from "@/lib/env";
import { endEarlyAnswers } from "@/lib/last-answer";
import { log } from "@/lib/log";
import { type RequestMark, requestMark } from "@/lib/request-mark";
import { replaceFailedPage, send } from "./answers";
import { isApiAddress, serveApi } from "./api";
import { below, inFull } from "./below";
import { connectionsMax, ownConnections } from "./connections";
import { noticeOfStop } from "./notice";
import { afterPages, pageBegins } from "./pages-first";
import { errorCode, LaunchProblem } from "./problem";
import { refusalOf, settleAsked, settleHost } from "./refusals";
import { onShutdown } from "./shutdown";

/** The address is claimed and the door is shut: it opens with the application's request handler. */
type Door = { address: string; open(handle: RequestListener): void };

const starting: RequestListener = (request, response) => {
  if (request.url === "/livez") send(request, response, { status: 200, sentence: "ok" });
  else send(request, response, { status: 503, sentence: "Referrals is starting.", headers: { "retry-after": "2" } });
};

/** What a connection may take, in milliseconds; how long a request may is for `ownConnections` to say. */
const limits = {
  requestTimeout: 0,
  headersTimeout: 30_000,
  connectionsCheckingInterval: 2000,
  keepAlive: true, // the system asks whether a silent client is still there
  keepAliveInitialDelay: 60_000,
};

/**
 * Claims the address before anything slow is done; until the door opens it answers that Referrals is starting.
 * @throws LaunchProblem when the address is taken or not ours to take.
 */
export async function claimAddress({ host, port }: Settings): Promise<Door> {
  let handle = starting;
  const notice = noticeOfStop();
  const server = createServer(limits, below(notice.before((request, response) => handle(request, response))));
  server.maxConnections = connectionsMax;
  const { close } = ownConnections(server);
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
  const forget = onShutdown(close);
  const bound = server.address();
  const actualPort = typeof bound === "object" && bound ? bound.port : port;
  const shownHost = host.includes(":") ? `[${host}]` : host;
  return {
    address: `http://${shownHost}:${actualPort}${basePath}`,
    open(handler) {
      handle = handler;
      forget();
      onShutdown(close); // requests end before what they need, which was made ready meanwhile
      onShutdown(notice.give);
    },
  };
}

/** What the application keeps for the process: its pools (lib/db.ts) and worker, whose modules are inside Next's bundle. */
type ProcessHolder = {
  referralsWorker?: { stop(): Promise<void> };
  referralsDatabase?: { close(): Promise<void> };
};

/** What ends an application in this process, and then what it keeps for the process; it waits for five seconds at most. */
export function closing(application: { close(): Promise<void> }): (hurry: AbortSignal) => Promise<unknown> {
  const close = async () => {
    await application.close();
    const { referralsWorker, referralsDatabase } = globalThis as ProcessHolder;
    await referralsWorker?.stop();
    await referralsDatabase?.close();
  };
  return (hurry) => Promise.race([close(), pause(5000, undefined, { signal: hurry }).catch(() => undefined)]);
}

/** Two years, in which a browser that came by TLS comes by nothing else. */
const onlyByTls = `max-age=${2 * 365 * 24 * 60 * 60}`;

/** Tells browsers to come by TLS again, where the proxy says that this one did; over plain http they would not believe it. */
function keepTls({ headers }: IncomingMessage, response: ServerResponse): void {
  const by = String(headers["x-forwarded-proto"] ?? "").split(",", 1)[0];
  if (by?.trim().toLowerCase() === "https") response.setHeader("strict-transport-security", onlyByTls);
}

/** Gives an answer its policy, and the application the nonce in it: Next puts it on its scripts, app/layout.tsx on ours. */
function setPolicy({ headers }: IncomingMessage, response: ServerResponse): void {
  const policy = pagePolicy(randomBytes(16).toString("base64"));
  headers["content-security-policy"] = policy;
  response.setHeader("content-security-policy", policy);
}

/**
 * Loads the built application into this process. A `next start` in a child would be a second process to keep alive and
 * a second set of signal handlers; here one order holds: requests finish, then the pool closes, then the database stops.
 * @param database resolves when the database is ready; the application loads meanwhile
 */
export async function loadApplication(settings: Settings, database: Promise<void>): Promise<RequestListener> {
  const { host, port } = settings;
  // Where there is no database, the application waits for ever, and the start ends with why.
  databaseReady.referralsDatabaseReady = new Promise((resolve) => void database.then(resolve, () => undefined));
  const { default: next } = await import("next");
  // Next would take the upgrades of the server that it is given and leave them open; without a taker they are plain requests.
  const application = next({ dev: false, dir: ".", hostname: host, port, httpServer: createServer() });
  await Promise.all([application.prepare(), database]);
  onShutdown(closing(application));
  const handle = inFull(application.getRequestHandler());
  return (request, response) => {
    keepTls(request, response);
    settleAsked(request);
    if (isApiAddress(request.url)) return afterPages(() => void serveApi(request, response));
    const refusal = refusalOf(request, settings);
    if (refusal) return send(request, response, refusal);
    settleHost(request);
    setPolicy(request, response);
    endEarlyAnswers(request, response);
    pageBegins(response);
    const mark: RequestMark = {};
    replaceFailedPage(request, response, () => mark.problem);
    requestMark.run(mark, () => handle(request, response));
  };
}

/** Keeps the service up when something escapes a request: all that has to be right is in the database's transactions. */
export function surviveFaults(): void {
  process.on("uncaughtException", (error) => log.error({ err: error }, "uncaught exception"));
  process.on("unhandledRejection", (reason) => log.error({ err: reason }, "unhandled rejection"));
}
