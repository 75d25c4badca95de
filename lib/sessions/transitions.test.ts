import { expect, it } from "vitest";
import { sessionStates } from "@/lib/sessions/schema";
import { type Deed, deedOf, type Way } from "@/lib/sessions/transitions";

const legal: [Way, string, string, Deed][] = [
  ["update", "new", "open", "evaluate"],
  ["update", "new", "closed", "redeem"],
  ["update", "new", "cancelled", "nothing"],
  ["update", "open", "open", "evaluate"],
  ["update", "open", "closed", "redeem"],
  ["update", "open", "cancelled", "nothing"],
  ["update", "closed", "closed", "nothing"],
  ["update", "closed", "cancelled", "takeBack"],
  ["update", "partially_returned", "partially_returned", "nothing"],
  ["update", "partially_returned", "cancelled", "takeBack"],
  ["update", "cancelled", "cancelled", "nothing"],
  ["reopen", "closed", "open", "takeBack"],
  ["return", "closed", "partially_returned", "nothing"],
  ["return", "partially_returned", "partially_returned", "nothing"],
];

it("a session makes the moves that there are, and no other", () => {
  for (const way of ["update", "reopen", "return"] as const)
    for (const from of [null, ...sessionStates])
      for (const to of sessionStates) {
        const [, , , deed = null] = legal.find(([by, a, b]) => by === way && a === (from ?? "new") && b === to) ?? [];
        expect(deedOf(way, from, to), `${way} ${from} ${to}`).toBe(deed);
      }
});
