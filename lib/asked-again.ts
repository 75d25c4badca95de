import { setTimeout as pause } from "node:timers/promises";
import { isDatabaseProblem, problemOf, sqlState } from "@/lib/database-problem";

/** How often a statement is asked again at most, after how many milliseconds at first, and how long all of it may take. */
const patience = { times: 3, first: 30, all: 1000 };

/** A statement as connections take it. */
interface Statement {
  text: string;
  /** Whether it comes to the same when it is run twice, although it writes. */
  idempotent?: boolean;
}

const reads = /^\s*(SELECT|WITH|VALUES|TABLE)\b/i;
/** What a statement that begins as a read can do besides. */
const writes =
  /\b(INSERT|UPDATE|DELETE|MERGE|nextval|setval|set_config|pg_notify|pg_advisory\w+|pg_terminate_backend|pg_cancel_backend)\b/i;

/** Whether a statement may be run again by itself when nobody knows whether it was run. */
function isIdempotent(statement: unknown): boolean {
  const { text, idempotent = false } =
    typeof statement === "string" ? { text: statement } : (statement as Partial<Statement>);
  return idempotent || (typeof text === "string" && reads.test(text) && !writes.test(text));
}

/** Whether the database, or the way to it, failed in a way that passes; not that too many wait here already. */
function passes(error: unknown): boolean {
  const problem = problemOf(error);
  if (!isDatabaseProblem(problem)) return /^40(001|P01)$/.test(sqlState(error) ?? "");
  return problem.fault !== "busy" || sqlState(problem.cause) === "53300";
}

/**
 * The answer to a statement outside of transactions. One that comes to the same when it is run twice is asked again up to three
 * times, after a moment that is longer each time and never the same for all; one that has taken its time already is not.
 * @param answer of the first try
 * @throws what the last try threw, as `problemOf` has it
 */
export async function askPersistently(
  statement: unknown,
  answer: Promise<unknown>,
  ask: () => unknown,
): Promise<unknown> {
  const began = performance.now();
  for (let again = 0; ; again += 1) {
    try {
      return await (again === 0 ? answer : ask());
    } catch (error) {
      const over = again === patience.times || performance.now() - began > patience.all;
      if (over || !passes(error) || !isIdempotent(statement)) throw problemOf(error);
      await pause(patience.first * 2 ** again * (0.5 + Math.random()));
    }
  }
}
