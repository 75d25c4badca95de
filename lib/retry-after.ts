import { DomainError, errorStatus } from "@/lib/errors";

/** How long who was answered 503 is to wait before asking again, in seconds, as a header. */
export const retryAfter = { "retry-after": "5" };

/** The same for whoever met an error: after too many tries, as long as its reason says. Empty where waiting mends nothing. */
export function retryAfterOf(error: unknown): { "retry-after"?: string } {
  if (!(error instanceof DomainError)) return {};
  const { code, reason } = error;
  if (errorStatus[code] === 503) return retryAfter;
  if (code !== "too_often") return {};
  const seconds = "seconds" in reason ? reason.seconds : "minutes" in reason ? reason.minutes * 60 : null;
  return seconds === null ? {} : { "retry-after": String(seconds) };
}
