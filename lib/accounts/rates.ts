import { createHash } from "node:crypto";
import type { RateLimiterAbstract } from "rate-limiter-flexible";
import { pool } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { Reason } from "@/lib/reasons";
import { slots } from "@/lib/slots";

// So many in each window are at most twice as many in any time as long, wherever a window ends.
const rates = {
  signIns: {
    account: { keyPrefix: "a", points: 5, duration: 60 },
    address: { keyPrefix: "i", points: 30, duration: 60 },
  },
  codes: {
    account: { keyPrefix: "ca", points: 5, duration: 60 },
    address: { keyPrefix: "ci", points: 30, duration: 60 },
  },
  // Of a million codes three are right at a time: who knows the password, too, tries for years.
  codesForLong: {
    account: { keyPrefix: "cl", points: 20, duration: 3600 },
    address: { keyPrefix: "cm", points: 200, duration: 3600 },
  },
  passkeys: {
    account: { keyPrefix: "ka", points: 10, duration: 60 },
    address: { keyPrefix: "ki", points: 60, duration: 60 },
  },
  mails: {
    account: { keyPrefix: "ma", points: 3, duration: 3600 },
    address: { keyPrefix: "mi", points: 30, duration: 3600 },
  },
};
type Tried = keyof typeof rates;

/** What counts tries, of an account and of an address. */
interface Counters {
  account: RateLimiterAbstract;
  address: RateLimiterAbstract;
}

/** Counters of this process, so that a crowd costs the database nothing, and then those of all processes. */
const counters = new Map<Tried, Promise<readonly Counters[]>>();

async function make({ account, address }: (typeof rates)[Tried]): Promise<readonly Counters[]> {
  const { RateLimiterMemory, RateLimiterPostgres } = await import("rate-limiter-flexible");
  const shared = { storeClient: pool, tableName: "sign_in_rate", tableCreated: true, clearExpiredByTimeout: false };
  return [
    { account: new RateLimiterMemory(account), address: new RateLimiterMemory(address) },
    {
      account: new RateLimiterPostgres({ ...account, ...shared }),
      address: new RateLimiterPostgres({ ...address, ...shared }),
    },
  ];
}

function countersOf(tried: Tried): Promise<readonly Counters[]> {
  const known = counters.get(tried) ?? make(rates[tried]);
  counters.set(tried, known);
  return known;
}

async function consume(counter: RateLimiterAbstract, key: string, refusal: (seconds: number) => Reason): Promise<void> {
  try {
    await counter.consume(key);
  } catch (over) {
    if (over instanceof Error || typeof over !== "object" || over === null || !("msBeforeNext" in over)) throw over;
    throw new DomainError("unavailable", refusal(Math.max(1, Math.ceil(Number(over.msBeforeNext) / 1000))));
  }
}

async function hold(tried: Tried, account: string | null, from: string | null, refusal: (seconds: number) => Reason) {
  for (const counter of await countersOf(tried)) {
    if (from !== null) await consume(counter.address, from, refusal);
    if (account !== null) await consume(counter.account, account, refusal);
  }
}

async function forgive(tried: Tried, account: string): Promise<void> {
  for (const counter of await countersOf(tried)) await counter.account.delete(account);
}

const often = (seconds: number) => ({ reason: "sign_in_often", seconds }) as const;

/**
 * Counts a try to prove a password before it is looked at: for the account, whether there is one or not, and for the address it comes
 * from. Holds over all processes, because one statement in the database counts.
 * @throws DomainError `unavailable` for one too many
 */
export function holdSignIns(email: string, from: string | null): Promise<void> {
  return hold("signIns", email, from, often);
}

/** Forgets the tries for an account whose password was proven. */
export function forgiveSignIns(email: string): Promise<void> {
  return forgive("signIns", email);
}

/**
 * The same for codes of a second factor, and 20 an hour; by counters of their own: a right password forgives no wrong code.
 * @throws DomainError `unavailable` for one too many
 */
export async function holdCodes(personId: string, from: string | null): Promise<void> {
  await hold("codes", personId, from, often);
  await hold("codesForLong", personId, from, often);
}

/** Forgets the codes that somebody tried, who gave a right one. */
export async function forgiveCodes(personId: string): Promise<void> {
  await forgive("codes", personId);
  await forgive("codesForLong", personId);
}

/**
 * Counts what is asked about passkeys, for the address it comes from and, where one is named, for a passkey.
 * @param passkey its id, of any length
 * @throws DomainError `unavailable` for one too many
 */
export function holdPasskeys(passkey: string | null, from: string | null): Promise<void> {
  const key = passkey && createHash("sha256").update(passkey).digest("base64url");
  return hold("passkeys", key, from, often);
}

/**
 * Counts a mail that somebody who is not signed in asks for: to an address, whether it is somebody's or not, and from where. Who asks
 * for one fills nobody's mailbox.
 * @throws DomainError `unavailable` for one too many
 */
export function holdMails(email: string, from: string | null): Promise<void> {
  return hold("mails", email, from, (seconds) => ({ reason: "mail_often", minutes: Math.ceil(seconds / 60) }));
}

/** A check of a password takes 32 MiB for a tenth of a second; so many run at once. */
export const passwordSlot = slots(8, { reason: "sign_in_busy" });
