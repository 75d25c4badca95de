import type { z } from "zod";
import { DomainError, errorStatus } from "@/lib/errors";
import { failureOf } from "@/lib/failure";
import { sentenceOf } from "@/lib/reasons";
import { retryAfterOf } from "@/lib/retry-after";
import { shortened } from "@/lib/shortened";

/** Where in a request something is wrong: exactly one of these. */
export interface Source {
  pointer?: string;
  parameter?: string;
  line?: string;
  resource?: string;
}

export interface ApiError {
  title: string;
  details?: string;
  source: Source;
}

/** A refusal as the API says it: its status, what is wrong, and where. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  constructor(
    readonly status: number,
    message: string,
    readonly errors: ApiError[] = [],
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** A JSON pointer (RFC 6901) to a place in a body. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

const most = 100;

const titles: Record<string, string> = {
  invalid_type: "Invalid type",
  invalid_value: "enum",
  too_small: "Out of range",
  too_big: "Out of range",
};

/** What zod found in a body, a query or a path, as the API says it; the first hundred. @param in_ where the value came from */
export function fieldErrors(issues: readonly z.core.$ZodIssue[], where: "body" | "query" | "path"): ApiError[] {
  const source = (path: readonly PropertyKey[]): Source =>
    where === "body" ? { pointer: pointer(path) } : { parameter: String(path[0] ?? "") };
  return issues
    .flatMap((issue): ApiError[] => {
      if (issue.code === "unrecognized_keys")
        return issue.keys.map((key) => ({
          title: "Unknown",
          details: `“${shortened(key, 100)}” is not known here. Leave it out, or look at its spelling.`,
          source: source([...issue.path, key]),
        }));
      return [{ title: titles[issue.code] ?? "Invalid value", details: issue.message, source: source(issue.path) }];
    })
    .slice(0, most);
}

const kinds: Record<string, string> = {
  not_found: "Not found",
  conflict: "Conflict",
  feature_off: "Feature off",
};

/** An edit names fields as what it changes, a body by themselves. */
function pointerOf(field: readonly string[], pointers: Record<string, string>): string {
  const own = field[0] === "changes" ? field.slice(1) : field;
  return pointers[own.join(".")] ?? pointer(own);
}

function domainErrors({ code, message, problems }: DomainError, pointers: Record<string, string>): ApiError[] {
  const pointed = problems.filter(({ field }) => field.length > 0);
  if (pointed.length === 0)
    return [{ title: kinds[code] ?? "Refused", details: message, source: { resource: "request" } }];
  return pointed.slice(0, most).map(({ field, reason }) => ({
    title: "Invalid value",
    details: sentenceOf(reason),
    source: { pointer: pointerOf(field, pointers) },
  }));
}

/**
 * Anything that was thrown while a request was answered, as the API says it. What nobody expected is logged under an id.
 * @param pointers what fields of ours are called in the request's body
 */
export function problemOfApi(error: unknown, pointers: Record<string, string> = {}): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof DomainError) {
    return new ApiProblem(errorStatus[error.code], error.message, domainErrors(error, pointers), retryAfterOf(error));
  }
  const failure = failureOf(error);
  if (failure.code === "unavailable") return new ApiProblem(503, failure.message, [], { "retry-after": "1" });
  return new ApiProblem(500, failure.message);
}
