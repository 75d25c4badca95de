import { closeSession, type Outcome, type Shop } from "./shop";

/** What a crowd met. */
export interface Tally {
  accepted: number;
  /** How often each reason was told. */
  rejected: Record<string, number>;
  /** Requests that were refused, and those of which nobody knows; the first of each is told. */
  refused: number;
  unknown: number;
  firstProblem: string | null;
  /** Sessions that were closed a second. */
  perSecond: number;
}

/**
 * Closes sessions of as many friends with a code, by so many clients at once.
 * @param shops by turns, one for each server
 * @param codeOf the code of the nth
 * @param attempts how many sessions, each of a friend of its own
 */
export async function redeemTogether(
  shops: readonly Shop[],
  codeOf: (nth: number) => string,
  { clients, attempts }: { clients: number; attempts: number },
): Promise<Tally> {
  const tally: Tally = { accepted: 0, rejected: {}, refused: 0, unknown: 0, firstProblem: null, perSecond: 0 };
  const run = `crowd ${Date.now()} ${Math.random()}`;
  const began = performance.now();
  let next = 0;
  const client = async (shop: Shop) => {
    for (let nth = next++; nth < attempts; nth = next++)
      count(tally, await closeSession(shop, `${run} ${nth}`, codeOf(nth), `${run} ${nth}`));
  };
  const open = [...shops];
  await Promise.all(
    Array.from({ length: clients }, (_, nth) => {
      const shop = open[nth % open.length];
      return shop && client(shop);
    }),
  );
  tally.perSecond = (attempts * 1000) / (performance.now() - began);
  return tally;
}

function count(tally: Tally, outcome: Outcome): void {
  if (outcome.kind === "accepted") tally.accepted += 1;
  else if (outcome.kind === "rejected") tally.rejected[outcome.reason] = (tally.rejected[outcome.reason] ?? 0) + 1;
  else {
    tally[outcome.kind] += 1;
    tally.firstProblem ??= `${outcome.status}: ${outcome.text.slice(0, 500)}`;
  }
}
