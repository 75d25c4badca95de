import { expect, it } from "vitest";
import { DomainError } from "@/lib/errors";
import { retryAfterOf } from "@/lib/retry-after";

it.each([
  [new DomainError("too_often", { reason: "sign_in_often", seconds: 31 }), { "retry-after": "31" }],
  [new DomainError("too_often", { reason: "mail_often", minutes: 20 }), { "retry-after": "1200" }],
  [new DomainError("unavailable", { reason: "sign_in_busy" }), { "retry-after": "5" }],
  [new DomainError("conflict", { reason: "session_busy" }), {}],
  [new Error("what nobody expected"), {}],
])("%s: %o", (error, headers) => {
  expect(retryAfterOf(error)).toEqual(headers);
});
