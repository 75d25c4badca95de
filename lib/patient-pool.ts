import pg from "pg";
import { askPersistently } from "@/lib/asked-again";
import { DatabaseProblem, isDatabaseProblem, problemOf } from "@/lib/database-problem";
import { onStandby } from "@/lib/standby";

/** How long things may take, in milliseconds, and how many may wait. */
const usualPatience = {
  /** Until a new connection stands: a database that does not answer by then is away. */
  connect: 3000,
  /** Until a connection is free, while others become free; and where all are held and none is given back. */
  wait: 10_000,
  still: 2500,
  /** How many may wait for one at a time. */
  waiting: 300,
};

type Callback = (error: unknown, ...rest: unknown[]) => void;
type Submitted = { handleError(error: unknown, connection: unknown): void };

function isSubmitted(query: unknown): query is Submitted {
  return typeof query === "object" && query !== null && "submit" in query && "handleError" in query;
}

/** When a database last answered anything, on the clock of `performance`: shared by the pools of one database. */
export interface Heard {
  at: number;
}

/** A connection whose errors say what they mean: see `problemOf`. */
class TellingClient extends pg.Client {
  constructor(options: pg.ClientConfig, heard: Heard) {
    super(options);
    // An error between two queries, when neither the pool nor a query listens, would end the process. The next query tells of it.
    this.on("error", () => undefined);
    // What it says may be old, and it takes no change. The next connection may lead to the server that took its place.
    onStandby(this, () => this.connection.stream.destroy(new DatabaseProblem("away")));
    const query = this.query.bind(this) as (...given: unknown[]) => unknown;
    this.query = ((...given: unknown[]) => {
      const [first, callback] = [given[0], given.at(-1)];
      if (isSubmitted(first)) {
        const fail = first.handleError.bind(first); // a COPY stream
        first.handleError = (error, connection) => fail(problemOf(error), connection);
      }
      const tell = (error: unknown) => {
        if (!error) heard.at = performance.now();
        return error && problemOf(error);
      };
      if (typeof callback === "function")
        return query(...given.slice(0, -1), ((error, ...rest) =>
          (callback as Callback)(tell(error), ...rest)) satisfies Callback);
      const answer = query(...given);
      if (!(answer instanceof Promise)) return answer;
      return answer.then(
        (rows) => {
          tell(null);
          return rows;
        },
        (error) => Promise.reject(tell(error)),
      );
    }) as typeof this.query;
  }
}

/** Whether there is a database and no connection of it is free, here or there. */
function isBusy(error: Error): boolean {
  const known = problemOf(error);
  const queued = error.message === "timeout exceeded when trying to connect";
  return queued || (isDatabaseProblem(known) && known.fault === "busy");
}

/** Whether a connection was given up because it took long. */
function isSlow(error: Error): boolean {
  return ["timeout expired", "Connection terminated due to connection timeout"].includes(error.message);
}

type Taken = (error: Error | undefined, client: pg.PoolClient | undefined, release: (broken?: unknown) => void) => void;

/**
 * A pool whose waiting has limits. Who gets no connection gets a `DatabaseProblem`: `away` when none can be made, `busy` when
 * none becomes free in time or too many wait already. Where none can be made, all that wait are told at once; where one only
 * takes long while others are answered, this process is what is slow, and it is tried again.
 */
export function patientPool(
  options: Omit<pg.PoolConfig, "Client" | "connectionTimeoutMillis">,
  heard: Heard = { at: Number.NEGATIVE_INFINITY },
  patience: typeof usualPatience = usualPatience,
): pg.Pool {
  class Client extends TellingClient {
    constructor(given?: pg.ClientConfig) {
      super({ ...given, connectionTimeoutMillis: patience.connect }, heard);
    }
  }
  const pool = new pg.Pool({ ...options, Client, connectionTimeoutMillis: patience.wait });
  const connect = pool.connect.bind(pool) as (taken: Taken) => void;
  const waiting = new Set<(problem: DatabaseProblem) => void>();
  const held = heldOf(pool);

  const standsStill = () => held.count >= (options.max ?? 10) && performance.now() - held.since > patience.still;
  let watched = false;
  /** Tells those that wait for connections which nobody gives back. */
  function watch(): void {
    if (watched) return;
    watched = true;
    setTimeout(() => {
      watched = false;
      if (standsStill()) for (const refuse of [...waiting]) refuse(new DatabaseProblem("busy"));
      if (waiting.size > 0) watch();
    }, patience.still / 10);
  }

  function take(taken: Taken): void {
    const asked = performance.now();
    const refuse = (problem: DatabaseProblem) => {
      if (waiting.delete(refuse)) taken(problem, undefined, () => undefined);
    };
    const answers = () => {
      const now = performance.now();
      return now - heard.at < patience.connect && now - asked < patience.wait;
    };
    const ask = () =>
      connect((error, client, release) => {
        if (error && isBusy(error)) refuse(new DatabaseProblem("busy", error));
        else if (error && isSlow(error) && waiting.has(refuse) && answers()) ask();
        else if (error) for (const other of [...waiting]) other(new DatabaseProblem("away", error));
        else if (waiting.delete(refuse)) taken(undefined, client, release);
        else release(); // it gave up meanwhile
      });
    const tooMany = waiting.size >= patience.waiting || standsStill();
    waiting.add(refuse);
    watch();
    if (tooMany) refuse(new DatabaseProblem("busy"));
    else ask();
  }

  pool.connect = ((taken?: Taken) => {
    if (taken) return take(taken);
    return new Promise<pg.PoolClient>((resolve, reject) => {
      take((error, client) => (client ? resolve(client) : reject(error)));
    });
  }) as typeof pool.connect;

  // A connection that breaks under a query tells the pool first, which answers in its place.
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown;
  pool.query = ((...given: unknown[]) => {
    const answer = query(...given);
    return answer instanceof Promise ? askPersistently(given[0], answer, () => query(...given)) : answer;
  }) as typeof pool.query;
  return pool;
}

/** How many connections of a pool are held, and since when by the same. */
function heldOf(pool: pg.Pool): { count: number; since: number } {
  const held = { count: 0, since: performance.now() };
  const moved = (by: number) => () => {
    held.count += by;
    held.since = performance.now();
  };
  pool.on("acquire", moved(1));
  pool.on("release", moved(-1));
  return held;
}
