import { createHash } from "node:crypto";
import type { RateLimiterAbstract } from "rate-limiter-flexible";
import { DomainError } from "@/lib/errors";
import { ownRate, secondsLeft, sharedRate, spend } from "@/lib/rate";
import type { Reason } from "@/lib/reasons";
import { slots } from "@/lib/slots";

/** How many tries there are of an account and of an address in so many seconds; `key` is by what both are counted. */
interface Window {
  key: string;
  seconds: number;
  account: number;
  address: number;
}

// So many in each window are at most twice as many in any time as long, wherever a window ends.
const rates = {
  signIns: [{ key: "s", seconds: 60, account: 5, address: 30 }],
  // Of a million codes three are right at a time: who knows the password, too, tries for years.
  codes: [
    { key: "c", seconds: 60, account: 5, address: 30 },
    { key: "l", seconds: 3600, account: 20, address: 200 },
  ],
  passkeys: [{ key: "k", seconds: 60, account: 10, address: 60 }],
  mails: [{ key: "m", seconds: 3600, account: 3, address: 30 }],
} satisfies Record<string, Window[]>;
type Tried = keyof typeof rates;

/** What counts tries, of an account and of an address. */
interface Counters {
  account: RateLimiterAbstract;
  address: RateLimiterAbstract;
}

/** Counters of this process, so that a crowd costs the database nothing, and then those of all processes. */
const counters = new Map<Tried, Promise<readonly Counters[]>>();

async function make({ key, seconds: duration, account, address }: Window): Promise<readonly Counters[]> {
  const ofAccount = { keyPrefix: `${key}a`, points: account, duration };
  const ofAddress = { keyPrefix: `${key}i`, points: address, duration };
  const shared = (rate: typeof ofAccount) => sharedRate("sign_in_rate", rate);
  return [
    { account: await ownRate(ofAccount), address: await ownRate(ofAddress) },
    { account: await shared(ofAccount), address: await shared(ofAddress) },
  ];
}

function countersOf(tried: Tried): Promise<readonly Counters[]> {
  const known = counters.get(tried) ?? Promise.all(rates[tried].map(make)).then((made) => made.flat());
  counters.set(tried, known);
  return known;
}

async function consume(counter: RateLimiterAbstract, key: string, refusal: (seconds: number) => Reason): Promise<void> {
  const { over, standing } = await spend(counter, key);
  if (over) throw new DomainError("too_often", refusal(secondsLeft(standing)));
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
 * @throws DomainError `too_often`
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
 * @throws DomainError `too_often`
 */
export function holdCodes(personId: string, from: string | null): Promise<void> {
  return hold("codes", personId, from, often);
}

/** Forgets the codes that somebody tried, who gave a right one. */
export function forgiveCodes(personId: string): Promise<void> {
  return forgive("codes", personId);
}

/**
 * Counts what is asked about passkeys, for the address it comes from and, where one is named, for a passkey.
 * @param passkey its id, of any length
 * @throws DomainError `too_often`
 */
export function holdPasskeys(passkey: string | null, from: string | null): Promise<void> {
  const key = passkey && createHash("sha256").update(passkey).digest("base64url");
  return hold("passkeys", key, from, often);
}

/**
 * Counts a mail that somebody who is not signed in asks for: to an address, whether it is somebody's or not, and from where. Who asks
 * for one fills nobody's mailbox.
 * @throws DomainError `too_often`
 */
export function holdMails(email: string, from: string | null): Promise<void> {
  return hold("mails", email, from, (seconds) => ({ reason: "mail_often", minutes: Math.ceil(seconds / 60) }));
}

/** A check of a password takes 32 MiB for a tenth of a second; so many run at once. */
export const passwordSlot = slots(8, { reason: "sign_in_busy" });
