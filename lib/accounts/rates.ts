import type { RateLimiterAbstract } from "rate-limiter-flexible";
import { pool } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { slots } from "@/lib/slots";

// Five in each window are at most ten in any minute, wherever a window ends.
const perAccount = { keyPrefix: "a", points: 5, duration: 60 };
const perAddress = { keyPrefix: "i", points: 30, duration: 60 };

/** What counts tries, of an account and of an address. */
interface Counters {
  account: RateLimiterAbstract;
  address: RateLimiterAbstract;
}

/** Counters of this process, so that a crowd costs the database nothing, and then those of all processes. */
let counters: Promise<readonly Counters[]> | undefined;

async function make(): Promise<readonly Counters[]> {
  const { RateLimiterMemory, RateLimiterPostgres } = await import("rate-limiter-flexible");
  const shared = { storeClient: pool, tableName: "sign_in_rate", tableCreated: true, clearExpiredByTimeout: false };
  return [
    { account: new RateLimiterMemory(perAccount), address: new RateLimiterMemory(perAddress) },
    {
      account: new RateLimiterPostgres({ ...perAccount, ...shared }),
      address: new RateLimiterPostgres({ ...perAddress, ...shared }),
    },
  ];
}

async function consume(counter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await counter.consume(key);
  } catch (over) {
    if (over instanceof Error || typeof over !== "object" || over === null || !("msBeforeNext" in over)) throw over;
    const seconds = Math.max(1, Math.ceil(Number(over.msBeforeNext) / 1000));
    throw new DomainError("unavailable", { reason: "sign_in_often", seconds });
  }
}

/**
 * Counts a try to prove a password before it is looked at: for the account, whether there is one or not, and for the address it comes
 * from. Holds over all processes, because one statement in the database counts.
 * @throws DomainError `unavailable` for one too many
 */
export async function holdSignIns(email: string, from: string | null): Promise<void> {
  counters ??= make();
  for (const { account, address } of await counters) {
    if (from !== null) await consume(address, from);
    await consume(account, email);
  }
}

/** Forgets the tries for an account whose password was proven. */
export async function forgiveSignIns(email: string): Promise<void> {
  counters ??= make();
  for (const { account } of await counters) await account.delete(email);
}

/** A check of a password takes 32 MiB for a tenth of a second; so many run at once. */
export const passwordSlot = slots(8, { reason: "sign_in_busy" });
