import { createHash } from "node:crypto";
import type { RateLimiterAbstract } from "rate-limiter-flexible";
import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { DomainError } from "@/lib/errors";
import { ownRate, type Rate, secondsLeft, sharedRate, spend } from "@/lib/rate";

/** Who names a code in a shop: a customer, or, where none is named, whoever a session is of. */
export interface Guesser {
  friend: string | null;
  sessionId: string;
}

const seconds = 60;
/** How many codes that nobody has a customer may name in a minute. */
export const guessesMost = 20;
/** The same for all of a key together for whom no customer is named: sessions cost nothing to make, and cannot redeem. */
export const namelessMost = 200;

interface Counter {
  points: number;
  own: RateLimiterAbstract;
  all: RateLimiterAbstract;
}

async function make(rate: Rate): Promise<Counter> {
  return { points: rate.points, own: await ownRate(rate), all: await sharedRate("api_rate", rate) };
}
const made = new Map<string, Promise<Counter>>();
function counterOf(keyPrefix: string, points: number): Promise<Counter> {
  const counter = made.get(keyPrefix) ?? make({ keyPrefix, points, duration: seconds });
  made.set(keyPrefix, counter);
  return counter;
}

/** By what somebody is counted. Hashed, because an ID of a customer can be longer than an index entry. */
function countedAs(
  { actor, ids }: Scope<"redemptions.write", ApplicationIds>,
  { friend, sessionId }: Guesser,
): [counter: Promise<Counter>, key: string][] {
  const of = (...parts: (string | number)[]) =>
    createHash("sha256")
      .update(JSON.stringify([ids.applicationId, actor.id, ...parts]))
      .digest("base64url");
  if (friend !== null) return [[counterOf("gc", guessesMost), of(friend)]];
  return [
    [counterOf("gs", guessesMost), of(sessionId)],
    [counterOf("gn", namelessMost), of()],
  ];
}

/**
 * Keeps customers of a shop from guessing codes: after so many that nobody has in a minute, no code of theirs is answered until it is
 * over. Holds in this process whatever comes at once, because it is asked after the code was looked up and before that is told; other
 * processes learn of it with the next code that nobody has.
 * @param found whether there is such a code; only those that nobody has are counted
 * @throws DomainError `too_often`
 */
export async function holdGuesses(
  scope: Scope<"redemptions.write", ApplicationIds>,
  guesser: Guesser,
  found: boolean,
): Promise<void> {
  for (const [counter, key] of countedAs(scope, guesser)) {
    const { points, own, all } = await counter;
    if (found) {
      const standing = await own.get(key);
      if (standing && standing.consumedPoints >= points) throw tooMany(secondsLeft(standing));
      continue;
    }
    const here = await spend(own, key);
    if (here.over) throw tooMany(secondsLeft(here.standing));
    const everywhere = await spend(all, key);
    if (!everywhere.over) continue;
    await own.set(key, points, secondsLeft(everywhere.standing));
    throw tooMany(secondsLeft(everywhere.standing));
  }
}

const tooMany = (wait: number) => new DomainError("too_often", { reason: "codes_guessed", seconds: wait });
