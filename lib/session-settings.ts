// What the connections of this program's pools are opened with. Values are written as PostgreSQL shows them, so that the
// start can look whether a connection really has them: a pooler between the two can drop them without a word.

// Prisma's own timeouts do not cancel a running statement; these settings do. Dates inside JSON follow the session's zone.
const everySession = {
  TimeZone: "UTC",
  statement_timeout: "30s",
  lock_timeout: "5s",
  idle_in_transaction_session_timeout: "2min",
  jit: "off",
};

/** For lists, which read a page of rows by an index, whatever the planner believes of a table that grew by a million a minute ago. */
export const listSession = {
  ...everySession,
  enable_seqscan: "off",
  max_parallel_workers_per_gather: "0",
  random_page_cost: "1.1",
};

/**
 * How long somebody who looks on waits for a row that another one holds. The second who waits for it waits twice, for the first and
 * for what the first waited for, so that all of a statement has its limit, too.
 */
export const soon = { lock_timeout: "1500ms", statement_timeout: "1800ms" };

/**
 * For statements that are prepared once and run for hours, for shops that do not wait long: their plan is made while tables are small, and has to be right when they
 * are not. Reading a table of no rows from end to end is the cheapest way, and stays a prepared statement's way.
 */
const quickSession = { ...listSession, plan_cache_mode: "force_generic_plan", ...soon };

function asOptions(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
}

/** The settings of every session, as the `options` of a connection. */
export const sessionOptions = asOptions(everySession);
/** The settings of a session for what shops ask, as the `options` of a connection. */
export const quickOptions = asOptions(quickSession);
/** The settings of a session for lists, as the `options` of a connection. */
export const listOptions = asOptions(listSession);
