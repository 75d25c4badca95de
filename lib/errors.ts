import { type Reason, sentenceOf } from "@/lib/reasons";

/** The kinds of refusal a user can meet. Few on purpose: the reason carries the detail. */
export type ErrorCode =
  | "invalid"
  | "not_found"
  | "conflict"
  | "stale"
  | "feature_off"
  | "forbidden"
  | "signed_out"
  | "too_large"
  | "wrong_type" // the body is of another content type
  | "too_often" // there is a limit to tries; its reason says how long to wait
  | "unavailable"
  | "outdated"; // the page is of an earlier build than the server

/** HTTP status of each code, for routes. */
export const errorStatus: Record<ErrorCode, number> = {
  invalid: 400,
  feature_off: 400,
  forbidden: 403,
  signed_out: 401,
  not_found: 404,
  conflict: 409,
  stale: 409,
  too_large: 413,
  wrong_type: 415,
  too_often: 429,
  unavailable: 503,
  outdated: 409,
};

/** Field path to sentence, e.g. `{ "attributes.tier": "…" }`: what is wrong with which value, and the mend. */
export type FieldProblems = Record<string, string>;

/** What is wrong with one field, named by its path in what was asked for: `["attributes", "tier"]`; `[]` is a code as a whole. */
export interface Problem<R = Reason> {
  field: readonly string[];
  reason: R;
}

/**
 * An expected refusal. It carries its reason, and the problems of fields where it is about some: who answers a program tells by
 * them what to say. Its message is the same as the pages say it, for the user; anything else that is thrown is a fault of ours
 * and only its id is shown.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  /** All that Next passes on to the error page of what a page threw; one that may not be seen is no fault of ours. */
  declare readonly digest?: string;
  readonly problems: readonly Problem[];
  /** What pages get besides the message. */
  readonly more: { fields?: FieldProblems; details?: unknown };

  constructor(
    readonly code: ErrorCode,
    readonly reason: Reason,
    { problems = [], details }: { problems?: readonly Problem[]; details?: unknown } = {},
  ) {
    super(sentenceOf(reason));
    this.problems = problems;
    const fields = problems.length > 0 && { fields: fieldProblems(problems) };
    this.more = { ...fields, ...(details !== undefined && { details }) };
    if (code === "forbidden") this.digest = "FORBIDDEN";
  }
}

/** The first problem of each field, as pages say it. */
function fieldProblems(problems: readonly Problem[]): FieldProblems {
  const said: FieldProblems = {};
  for (const { field, reason } of problems) if (field.length > 0) said[field.join(".")] ??= sentenceOf(reason);
  return said;
}

/** The refusal of one field of what was asked for. */
export function invalidField(field: readonly string[], reason: Reason): DomainError {
  return new DomainError("invalid", reason, { problems: [{ field, reason }] });
}

/** The refusal of several fields of what was asked for. */
export function invalidFields(problems: readonly Problem[]): DomainError {
  return new DomainError("invalid", { reason: "fields_invalid" }, { problems });
}
