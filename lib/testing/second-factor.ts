import { base32 } from "@better-auth/utils/base32";
import { createOTP } from "@better-auth/utils/otp";
import { vi } from "vitest";
import { type SignedIn, signedInBy } from "@/lib/access/signed-in";
import { makeFirst } from "@/lib/accounts/people";
import { beginSecondFactor, confirmSecondFactor, madeRecoveryCodes, shownSetup } from "@/lib/accounts/second-factor";
import { signIn } from "@/lib/accounts/sign-in";
import { enterByCode } from "@/lib/accounts/sign-in-code";
import { db } from "@/lib/db";
import { Browser } from "@/lib/testing/browser";

/** Tries are counted for an account and an address, so each test has its own. */
export let count = 0;
/** Who signs in. */
export let maria = { name: "Maria", email: "", password: "correct horse battery" };
/** Her id. */
export let personId = "";
/** How long a code is of, in milliseconds. */
export const step = 30_000;

/** A browser at the address of the test. */
export const newBrowser = () => new Browser(`192.0.2.${count}`);
/** Why something was refused. */
export const reasonOf = (error: { reason: { reason: string } }) => error.reason.reason;
/** A code without dashes. */
export const plain = (code: string) => code.replaceAll("-", "");

/** The code that an app makes of a secret, some steps away from now. */
export const codeOf = (secret: string, steps = 0) =>
  createOTP(base32.decode(secret)).hotp(Math.floor(Date.now() / step) + steps);

/** Signs in by the password. */
export async function signInTo(browser: Browser, given = maria): Promise<{ asksCode: boolean }> {
  const { cookies, asksCode } = await signIn(given, browser.headers);
  browser.take(cookies);
  return { asksCode };
}

/** Who is signed in. */
export async function personIn(browser: Browser): Promise<SignedIn> {
  const found = await signedInBy(browser.session);
  if (!found) throw new Error("nobody is signed in");
  return found;
}

/** Gives a code. */
export async function enter(browser: Browser, code: string): Promise<void> {
  browser.take(await enterByCode(code, browser.headers));
}

/** Somebody signed in who has just set up a second factor, by the code of the step before this one. */
export async function withFactor() {
  const browser = newBrowser();
  await signInTo(browser);
  const person = await personIn(browser);
  browser.take(await beginSecondFactor(person, maria.password, browser.headers));
  const { secret = "" } = (await shownSetup(person, browser.headers)) ?? {};
  browser.take(await confirmSecondFactor(person, await codeOf(secret, -1), browser.headers));
  const recovery = (await madeRecoveryCodes(person, browser.headers)) ?? [];
  return { browser, person, secret, recovery };
}

/** Makes Maria, in the middle of a step of time, so that none ends while a test runs. */
export async function makeMaria(): Promise<void> {
  count += 1;
  maria = { ...maria, email: `maria.${count}@example.com` };
  await db.person.deleteMany();
  await db.entryLink.deleteMany();
  vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / step) * step + step / 2 });
  personId = await makeFirst(maria);
}
