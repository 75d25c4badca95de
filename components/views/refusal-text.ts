import type { Failure } from "@/lib/failure";

/** Why something was refused, where no field stands beside it: what is wrong with a field, if that is why. */
export function refusalText({ message, fields }: Failure): string {
  return Object.values(fields ?? {})[0] ?? message;
}
