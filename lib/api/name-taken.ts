import { DomainError } from "@/lib/errors";
import { ApiProblem } from "./problems";

/**
 * Runs a command that refuses a name only where it is taken: to programs that is a conflict (reference: talon-one-api section 3).
 * @throws ApiProblem 409
 */
export async function unlessTaken<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof DomainError && error.more.fields?.name) throw new ApiProblem(409, error.message);
    throw error;
  }
}
