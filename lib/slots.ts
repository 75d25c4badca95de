import { DomainError } from "@/lib/errors";
import type { Reason } from "@/lib/reasons";

/**
 * A bound on work that holds a database connection for as long as a client likes, so that the rest of the pool stays free.
 * @returns `take`, which gives a function that frees the slot again, once
 * @throws DomainError `unavailable`, from `take`, when all slots are taken
 */
export function slots(count: number, refusal: Reason): () => () => void {
  let taken = 0;
  return () => {
    if (taken >= count) throw new DomainError("unavailable", refusal);
    taken += 1;
    let held = true;
    return () => {
      if (held) taken -= 1;
      held = false;
    };
  };
}
