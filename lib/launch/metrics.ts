import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { Pool } from "pg";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { readWaiting } from "@/lib/metrics/queues";
import { redemptionsCounted } from "@/lib/metrics/redemptions";
import { routeClass } from "@/lib/metrics/routes";
import { send } from "./answers";
import { errorCode, LaunchProblem } from "./problem";
import { onShutdown } from "./shutdown";

const registry = new Registry();
const of = { registers: [registry] };

const durations = new Histogram({
  name: "referrals_http_request_duration_seconds",
  help: "How long requests took until their answer was written, by class of route, method and status.",
  labelNames: ["route", "method", "status"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  ...of,
});

/** Measures what passes through a listener. */
export function measured(handle: RequestListener): RequestListener {
  return (request, response) => {
    const began = performance.now();
    const { method = "", url = "" } = request;
    response.once("close", () => {
      const status = response.writableFinished ? String(response.statusCode) : "aborted";
      durations.observe({ route: routeClass(method, url), method, status }, (performance.now() - began) / 1000);
    });
    handle(request, response);
  };
}

/** The pools of this process, which lib/db.ts keeps on `globalThis`; asked for there, because a second Prisma would take 10 MB. */
function pools(): Record<"main" | "lists" | "quick", Pool> | null {
  const { referralsDatabase: database } = globalThis as {
    referralsDatabase?: { pool: Pool; lists: { pool: Pool }; quick: Pool };
  };
  return database ? { main: database.pool, lists: database.lists.pool, quick: database.quick } : null;
}

async function waiting() {
  const open = pools();
  return open ? readWaiting(open.lists) : [];
}

function register(): void {
  collectDefaultMetrics({ register: registry, prefix: "referrals_" });
  new Gauge({
    name: "referrals_database_connections",
    help: "Connections of each pool that are used or idle, and requests that wait for one.",
    labelNames: ["pool", "state"],
    ...of,
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools() ?? {})) {
        this.set({ pool, state: "used" }, totalCount - idleCount);
        this.set({ pool, state: "idle" }, idleCount);
        this.set({ pool, state: "waiting" }, waitingCount);
      }
    },
  });
  new Counter({
    name: "referrals_redemptions_total",
    help: "Sessions that were closed with a code: redeemed (accepted), or refused by reason.",
    labelNames: ["result"],
    ...of,
    collect() {
      this.reset();
      this.inc({ result: "accepted" }, redemptionsCounted.accepted);
      for (const [result, count] of Object.entries(redemptionsCounted.rejected)) this.inc({ result }, count);
    },
  });
  const ages = new Gauge({
    name: "referrals_background_oldest_seconds",
    help: "Since when the oldest row of a queue of the background waits or is worked on.",
    labelNames: ["queue"],
    ...of,
  });
  new Gauge({
    name: "referrals_background_rows",
    help: "Rows of the queues of the background, in the whole database; absent while that does not answer.",
    labelNames: ["queue"],
    ...of,
    async collect() {
      this.reset();
      ages.reset();
      for (const { queue, rows, seconds } of await waiting().catch(() => [])) {
        this.set({ queue }, rows);
        ages.set({ queue }, seconds);
      }
    },
  });
}

const answer: RequestListener = (request, response) => {
  if (request.method !== "GET" || request.url?.split("?", 1)[0] !== "/metrics")
    return send(request, response, { status: 404, sentence: "There is nothing but GET /metrics here." });
  void registry.metrics().then(
    (text) => response.writeHead(200, { "content-type": registry.contentType, "cache-control": "no-store" }).end(text),
    () => send(request, response, { status: 500, sentence: "The metrics could not be read." }),
  );
};

/**
 * Serves `GET /metrics` on a port of its own, to this machine only.
 * @throws LaunchProblem when the port is taken
 */
export async function openMetrics(port: number): Promise<void> {
  register();
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5000 }, answer);
  server.maxConnections = 20;
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if (errorCode(error) !== "EADDRINUSE") throw error;
    throw new LaunchProblem(`METRICS_PORT ${port} is taken; stop what uses it, or set METRICS_PORT to another one.`);
  }
  onShutdown(() => {
    server.close();
    server.closeAllConnections();
  });
}
