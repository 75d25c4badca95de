import type { IRateLimiterPostgresOptions, RateLimiterAbstract, RateLimiterRes } from "rate-limiter-flexible";
import type { Everywhere, Scope } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";

/** How often something may be done: so many points in so many seconds, of keys that begin with a prefix of their own. */
export interface Rate {
  keyPrefix: string;
  points: number;
  duration: number;
}

/** A counter of all processes: one statement in the database counts. */
export async function sharedRate(
  tableName: "api_rate" | "sign_in_rate",
  rate: Rate & Partial<IRateLimiterPostgresOptions>,
): Promise<RateLimiterAbstract> {
  const { RateLimiterPostgres } = await import("rate-limiter-flexible");
  // What is over is removed by the sweep, not by a timer in each process.
  return new RateLimiterPostgres({
    storeClient: pool,
    tableName,
    tableCreated: true,
    clearExpiredByTimeout: false,
    ...rate,
  });
}

/** A counter of this process, so that a crowd costs the database nothing. */
export async function ownRate(rate: Rate): Promise<RateLimiterAbstract> {
  const { RateLimiterMemory } = await import("rate-limiter-flexible");
  return new RateLimiterMemory(rate);
}

/**
 * Counts something against a rate.
 * @returns what is left of it, and whether this was too much
 */
export async function spend(
  counter: RateLimiterAbstract,
  key: string,
  points = 1,
): Promise<{ over: boolean; standing: RateLimiterRes }> {
  try {
    return { over: false, standing: await counter.consume(key, points) };
  } catch (refused) {
    if (refused instanceof Error || typeof refused !== "object" || refused === null || !("msBeforeNext" in refused))
      throw refused;
    return { over: true, standing: refused as RateLimiterRes };
  }
}

/** In how many whole seconds there is something left again. */
export const secondsLeft = ({ msBeforeNext }: Pick<RateLimiterRes, "msBeforeNext">): number =>
  Math.max(1, Math.ceil(msBeforeNext / 1000));

/** Removes counters whose time is over; all of them at once, so there are never more. */
export async function removeOldRates(_scope: Scope<"upkeep", Everywhere>): Promise<boolean> {
  const now = Date.now();
  await db.apiRate.deleteMany({ where: { expire: { lt: now } } });
  await db.signInRate.deleteMany({ where: { expire: { lt: now } } });
  return false;
}
