import { expect } from "vitest";
import { DomainError } from "@/lib/errors";

/** The refusal that something ends with; a test fails where it is done, or breaks otherwise. */
export async function refusal(promise: Promise<unknown>): Promise<DomainError> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(DomainError);
  return thrown as DomainError;
}
