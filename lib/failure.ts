import { randomUUID } from "node:crypto";
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

const unreachable =
  /Can't reach database|ECONNREFUSED|DatabaseNotReachable|Connection terminated|timeout exceeded when trying to connect|57P0[123]/;

/** Turns anything thrown into a `Failure`: expected refusals speak, the rest is logged under an id. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) {
    return { ok: false, code: error.code, message: error.message, ...error.more };
  }
  const id = randomUUID().slice(0, 8);
  log.error({ err: error, id }, "unexpected error");
  const text =
    error instanceof Error ? `${error.message} ${JSON.stringify((error as { meta?: unknown }).meta ?? "")}` : "";
  if (unreachable.test(text)) {
    return {
      ok: false,
      code: "unavailable",
      message: `The database does not answer. Nothing was changed; try again in a moment. (Error ${id})`,
    };
  }
  return {
    ok: false,
    code: "unexpected",
    message: `Something went wrong on our side, and nothing was changed. The log has the details under error ${id}.`,
  };
}
