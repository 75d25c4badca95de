// What an error of the database means to whoever asked, in one place: connections (lib/patient-pool.ts) tell it by the code that
// PostgreSQL or the system gave, so pages, actions, routes and streams meet a `DatabaseProblem` and nothing else.

/** Why the database cannot do something at the moment, and what to do about it. */
const sentences = {
  away: "The database does not answer at the moment. Try again in a few seconds.",
  busy: "Too much is asked of the database at the moment. Nothing was changed; try again in a few seconds.",
  locked: "Someone else is changing the same data at the moment. Nothing was changed; try again in a few seconds.",
  slow: "This took the database too long and was given up. Nothing was changed; try again later, or ask for less at once.",
};
export type DatabaseFault = keyof typeof sentences;

/** The database could not do something for a reason that passes. Its message speaks to the user. */
export class DatabaseProblem extends Error {
  override readonly name = "DatabaseProblem";
  /** All that Next passes on to the error page of what a page threw. */
  readonly digest: string;
  constructor(
    readonly fault: DatabaseFault,
    cause?: unknown,
  ) {
    super(sentences[fault], { cause });
    this.digest = `DATABASE_${fault.toUpperCase()}`;
  }
}

const faults: [DatabaseFault, RegExp][] = [
  ["away", /^(08\w{3}|57P0[1-5]|25P03|25006|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/],
  ["busy", /^53300$/],
  ["locked", /^55P03$/],
  ["slow", /^57014$/],
];
/** What node-postgres says of a connection that is gone; these have no code. */
const gone =
  /^(Connection terminated|Client (has encountered a connection error|was closed) and is not queryable|timeout expired)/;

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/**
 * An error that a connection to the database gave, as a `DatabaseProblem` where it says that the database is away, busy,
 * locked or too slow; any other, such as a unique violation or a deadlock, as it is.
 */
export function problemOf(error: unknown): unknown {
  const code = String(field(error, "code"));
  const fault = faults.find(([, codes]) => codes.test(code))?.[0];
  if (fault) return new DatabaseProblem(fault, error);
  return gone.test(String(field(error, "message"))) ? new DatabaseProblem("away", error) : error;
}

/** PostgreSQL's code of an error that Prisma passed on, or a connection gave, such as "23505"; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  const passedOn = ["meta", "driverAdapterError", "cause", "originalCode"].reduce(field, error);
  const state = passedOn ?? field(error, "code");
  return typeof state === "string" ? state : undefined;
}

/** Whether it is one. By its name: each part of a built application has this class anew, and they share connections. */
export function isDatabaseProblem(error: unknown): error is DatabaseProblem {
  return field(error, "name") === "DatabaseProblem";
}

/** The problem with the database that an error tells of, as it arrives where it is answered; null for any other error. */
export function databaseProblem(error: unknown): DatabaseProblem | null {
  if (isDatabaseProblem(error)) return error;
  if (field(error, "code") === "P2028") return new DatabaseProblem("busy", error); // a transaction's time was up
  return /^40(P01|001)$/.test(sqlState(error) ?? "") ? new DatabaseProblem("locked", error) : null;
}
