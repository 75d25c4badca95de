/** The kinds of refusal a user can meet. Few on purpose: the sentence carries the detail. */
export type ErrorCode =
  | "invalid"
  | "not_found"
  | "conflict"
  | "stale"
  | "feature_off"
  | "forbidden"
  | "too_large"
  | "unavailable"
  | "outdated"; // the page is of an earlier build than the server

/** HTTP status of each code, for routes. */
export const errorStatus: Record<ErrorCode, number> = {
  invalid: 400,
  feature_off: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale: 409,
  too_large: 413,
  unavailable: 503,
  outdated: 409,
};

/** Field path to sentence, e.g. `{ "attributes.tier": "…" }`: what is wrong with which value, and the mend. */
export type FieldProblems = Record<string, string>;

/**
 * An expected refusal. Its message is written for the user; anything else that is thrown is a fault of ours and only
 * its id is shown.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  /** All that Next passes on to the error page of what a page threw; one that may not be seen is no fault of ours. */
  declare readonly digest?: string;
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly more: { fields?: FieldProblems; details?: unknown } = {},
  ) {
    super(message);
    if (code === "forbidden") this.digest = "FORBIDDEN";
  }
}

/** `DomainError` for one field. */
export function invalidField(field: string, message: string): DomainError {
  return new DomainError("invalid", message, { fields: { [field]: message } });
}
