import pg from "pg";
import { DatabaseProblem, isDatabaseProblem, problemOf } from "@/lib/database-problem";

/** How long things may take, in milliseconds, and how many may wait. */
const usualPatience = {
  /** Until a new connection stands: a database that does not answer by then is away. */
  connect: 3000,
  /** Until a connection is free. */
  wait: 10_000,
  /** How many may wait for one at a time. */
  waiting: 300,
};

type Callback = (error: unknown, ...rest: unknown[]) => void;
type Submitted = { handleError(error: unknown, connection: unknown): void };

function isSubmitted(query: unknown): query is Submitted {
  return typeof query === "object" && query !== null && "submit" in query && "handleError" in query;
}

/** A connection whose errors say what they mean: see `problemOf`. */
class TellingClient extends pg.Client {
  constructor(options?: pg.ClientConfig) {
    super(options);
    const query = this.query.bind(this) as (...given: unknown[]) => unknown;
    this.query = ((...given: unknown[]) => {
      const [first, callback] = [given[0], given.at(-1)];
      if (isSubmitted(first)) {
        const fail = first.handleError.bind(first); // a COPY stream
        first.handleError = (error, connection) => fail(problemOf(error), connection);
      }
      if (typeof callback === "function")
        return query(...given.slice(0, -1), ((error, ...rest) =>
          (callback as Callback)(error && problemOf(error), ...rest)) satisfies Callback);
      const answer = query(...given);
      return answer instanceof Promise ? answer.catch((error) => Promise.reject(problemOf(error))) : answer;
    }) as typeof this.query;
  }
}

/** Whether there is a database and no connection of it is free, here or there. */
function isBusy(error: Error): boolean {
  const known = problemOf(error);
  return (
    error.message === "timeout exceeded when trying to connect" || (isDatabaseProblem(known) && known.fault === "busy")
  );
}

type Taken = (error: Error | undefined, client: pg.PoolClient | undefined, release: (broken?: unknown) => void) => void;

/**
 * A pool whose waiting has limits. Who gets no connection gets a `DatabaseProblem`: `away` when none can be made, `busy` when
 * none becomes free in time or too many wait already. Where none can be made, all that wait are told at once.
 */
export function patientPool(
  options: Omit<pg.PoolConfig, "Client" | "connectionTimeoutMillis">,
  patience: typeof usualPatience = usualPatience,
): pg.Pool {
  class Client extends TellingClient {
    constructor(given?: pg.ClientConfig) {
      super({ ...given, connectionTimeoutMillis: patience.connect });
    }
  }
  const pool = new pg.Pool({ ...options, Client, connectionTimeoutMillis: patience.wait });
  const connect = pool.connect.bind(pool) as (taken: Taken) => void;
  const waiting = new Set<(problem: DatabaseProblem) => void>();

  function take(taken: Taken): void {
    const refuse = (problem: DatabaseProblem) => {
      if (waiting.delete(refuse)) taken(problem, undefined, () => undefined);
    };
    const tooMany = waiting.size >= patience.waiting;
    waiting.add(refuse);
    if (tooMany) refuse(new DatabaseProblem("busy"));
    else
      connect((error, client, release) => {
        if (error && isBusy(error)) refuse(new DatabaseProblem("busy", error));
        else if (error) for (const other of [...waiting]) other(new DatabaseProblem("away", error));
        else if (waiting.delete(refuse)) taken(undefined, client, release);
        else release(); // it gave up meanwhile
      });
  }

  pool.connect = ((taken?: Taken) => {
    if (taken) return take(taken);
    return new Promise<pg.PoolClient>((resolve, reject) => {
      take((error, client) => (client ? resolve(client) : reject(error)));
    });
  }) as typeof pool.connect;
  return pool;
}
