import { randomUUID } from "node:crypto";
import { databaseProblem } from "@/lib/database-problem";
import { DomainError, type ErrorCode, type FieldProblems } from "@/lib/errors";
import { log } from "@/lib/log";

/** A refusal as it crosses to the browser: nothing in it but what a user may read. */
export interface Failure {
  ok: false;
  code: ErrorCode | "unexpected";
  message: string;
  fields?: FieldProblems;
  details?: unknown;
}

/** Turns anything thrown into a `Failure`: expected refusals speak, the rest is logged under an id. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) {
    return { ok: false, code: error.code, message: error.message, ...error.more };
  }
  const problem = databaseProblem(error);
  if (problem) {
    log.warn({ err: problem }, "the database could not do it");
    return { ok: false, code: "unavailable", message: problem.message };
  }
  const id = randomUUID().slice(0, 8);
  log.error({ err: error, id }, "unexpected error");
  return {
    ok: false,
    code: "unexpected",
    message: `Something went wrong on our side, and nothing was changed. The log has the details under error ${id}.`,
  };
}
