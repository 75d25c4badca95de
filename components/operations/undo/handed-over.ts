import type { UndoneAtOnce } from "@/lib/operations/at-once";

/** Why an undoing has to be seen before it is done. */
export type Reason = NonNullable<UndoneAtOnce["because"]>;

let wanted: { operationId: string; because: Reason } | null = null;

/** Has the page of an operation plan its undoing when it opens. In memory: an address alone never begins anything. */
export function handOver(operationId: string, because: Reason): void {
  wanted = { operationId, because };
}

/** Why the plan of an operation's undoing is asked for; null where nobody asked. Asks once. */
export function takeOver(operationId: string): Reason | null {
  if (wanted?.operationId !== operationId) return null;
  const { because } = wanted;
  wanted = null;
  return because;
}
