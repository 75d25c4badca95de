import { base32 } from "@better-auth/utils/base32";
import { createOTP } from "@better-auth/utils/otp";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type SignedIn, signedInBy } from "@/lib/access/signed-in";
import * as codes from "@/lib/accounts/codes";
import { createLink } from "@/lib/accounts/links";
import { changePassword } from "@/lib/accounts/own";
import { makeFirst, resetPassword } from "@/lib/accounts/people";
import { askedForCode } from "@/lib/accounts/question";
import {
  beginSecondFactor,
  confirmSecondFactor,
  madeRecoveryCodes,
  ownSecondFactor,
  removeFactorOf,
  removeSecondFactor,
  renewRecoveryCodes,
  shownSetup,
} from "@/lib/accounts/second-factor";
import { enterOrAsk, signIn } from "@/lib/accounts/sign-in";
import { enterByCode } from "@/lib/accounts/sign-in-code";
import { db } from "@/lib/db";
import { Browser } from "@/lib/testing/browser";

// Tries are counted for an account and an address, so each test has its own.
let count = 0;
let maria = { name: "Maria", email: "", password: "correct horse battery" };
let personId = "";
const step = 30_000;

const newBrowser = () => new Browser(`192.0.2.${count}`);
const reasonOf = (error: { reason: { reason: string } }) => error.reason.reason;
const plain = (code: string) => code.replaceAll("-", "");

/** The code that an app makes of a secret, some steps away from now. */
const codeOf = (secret: string, steps = 0) =>
  createOTP(base32.decode(secret)).hotp(Math.floor(Date.now() / step) + steps);

async function signInTo(browser: Browser, given = maria): Promise<{ asksCode: boolean }> {
  const { cookies, asksCode } = await signIn(given, browser.headers);
  browser.take(cookies);
  return { asksCode };
}

async function personIn(browser: Browser): Promise<SignedIn> {
  const found = await signedInBy(browser.session);
  if (!found) throw new Error("nobody is signed in");
  return found;
}

async function enter(browser: Browser, code: string): Promise<void> {
  browser.take(await enterByCode(code, browser.headers));
}

/** Somebody signed in who has just set up a second factor, by the code of the step before this one. */
async function withFactor() {
  const browser = newBrowser();
  await signInTo(browser);
  const person = await personIn(browser);
  browser.take(await beginSecondFactor(person, maria.password, browser.headers));
  const { secret = "" } = (await shownSetup(person, browser.headers)) ?? {};
  browser.take(await confirmSecondFactor(person, await codeOf(secret, -1), browser.headers));
  const recovery = (await madeRecoveryCodes(person, browser.headers)) ?? [];
  return { browser, person, secret, recovery };
}

beforeEach(async () => {
  count += 1;
  maria = { ...maria, email: `maria.${count}@example.com` };
  await db.person.deleteMany();
  await db.entryLink.deleteMany();
  // In the middle of a step, so that none ends while a test runs.
  vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / step) * step + step / 2 });
  personId = await makeFirst(maria);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("setting up", () => {
  test("counts from the first code on, ends every other session, and gives ten recovery codes", async () => {
    const [browser, elsewhere] = [newBrowser(), newBrowser()];
    await signInTo(browser);
    await signInTo(elsewhere);
    const person = await personIn(browser);
    browser.take(await beginSecondFactor(person, maria.password, browser.headers));
    const { secret = "", address, picture } = (await shownSetup(person, browser.headers)) ?? {};
    expect(address).toContain(secret);
    expect(picture).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(await ownSecondFactor(person)).toBeNull();
    expect((await signInTo(newBrowser())).asksCode).toBe(false);

    await expect(confirmSecondFactor(person, "000000", browser.headers)).rejects.toMatchObject({
      more: { fields: { code: expect.stringContaining("wrong") } },
    });
    browser.take(await confirmSecondFactor(person, await codeOf(secret), browser.headers));
    expect(await ownSecondFactor(person)).toMatchObject({ codesLeft: 10 });
    expect(await shownSetup(person, browser.headers)).toBeNull();
    expect(await madeRecoveryCodes(person, browser.headers)).toHaveLength(10);
    expect(await signedInBy(browser.session)).not.toBeNull();
    expect(await signedInBy(elsewhere.session)).toBeNull();
    expect((await signInTo(newBrowser())).asksCode).toBe(true);
  });

  test("takes the password, is over after ten minutes, and is nobody else's", async () => {
    const browser = newBrowser();
    await signInTo(browser);
    const person = await personIn(browser);
    await expect(beginSecondFactor(person, "not the password", browser.headers)).rejects.toMatchObject({
      more: { fields: { password: "This is not the current password." } },
    });
    browser.take(await beginSecondFactor(person, maria.password, browser.headers));
    const { secret = "" } = (await shownSetup(person, browser.headers)) ?? {};
    expect(await shownSetup({ ...person, id: "somebody else" }, browser.headers)).toBeNull();
    const code = await codeOf(secret, 20);
    vi.setSystemTime(Date.now() + 20 * step + 1);
    await expect(confirmSecondFactor(person, code, browser.headers)).rejects.toMatchObject({
      reason: { reason: "setup_over" },
    });
    expect(await ownSecondFactor(person)).toBeNull();
  });

  test("of two who set up at once one gets their secret, and there is no second beside it", async () => {
    const [one, other] = [newBrowser(), newBrowser()];
    for (const browser of [one, other]) {
      await signInTo(browser);
      browser.take(await beginSecondFactor(await personIn(browser), maria.password, browser.headers));
    }
    const both = await Promise.all([one, other].map(async (browser) => ({ browser, person: await personIn(browser) })));
    const outcomes = await Promise.all(
      both.map(async ({ browser, person }) => {
        const { secret = "" } = (await shownSetup(person, browser.headers)) ?? {};
        return confirmSecondFactor(person, await codeOf(secret), browser.headers).then(() => "set", reasonOf);
      }),
    );
    expect(outcomes.sort()).toEqual(["second_factor_there", "set"]);
    const left = (await signedInBy(one.session)) ? one : other;
    await expect(beginSecondFactor(await personIn(left), maria.password, left.headers)).rejects.toMatchObject({
      reason: { reason: "second_factor_there" },
    });
  });
});

describe("signing in", () => {
  test("asks for a code after the password: before it there is no session, and what the browser has is none", async () => {
    const { secret } = await withFactor();
    const sessions = await db.personSession.count();
    const browser = newBrowser();
    expect(await signInTo(browser)).toEqual({ asksCode: true });
    expect(browser.session).toBeUndefined();
    expect(await db.personSession.count()).toBe(sessions);
    for (const value of browser.cookies.values()) expect(await signedInBy(value)).toBeNull();
    expect(await askedForCode(browser.headers)).toMatchObject({ email: maria.email });

    await enter(browser, await codeOf(secret));
    expect(await personIn(browser)).toMatchObject({ email: maria.email });
    expect(await askedForCode(browser.headers)).toBeNull();
  });

  test("a link asks for it as well: it gets nobody around the second factor", async () => {
    const { secret } = await withFactor();
    const { token } = await createLink({ kind: "reset", personId });
    const browser = newBrowser();
    const { cookies, asksCode } = await enterOrAsk(
      await resetPassword(token, "another long password"),
      browser.headers,
      "by a link",
    );
    browser.take(cookies);
    expect(asksCode).toBe(true);
    expect(browser.session).toBeUndefined();
    await enter(browser, await codeOf(secret));
    expect(await personIn(browser)).toMatchObject({ email: maria.email });
  });

  test("a code is of use once: of several who give it at once one gets in, and none later, nor an earlier one", async () => {
    const { secret } = await withFactor();
    const code = await codeOf(secret);
    const browsers = Array.from({ length: 3 }, newBrowser);
    for (const browser of browsers) await signInTo(browser);
    const outcomes = await Promise.all(
      browsers.map(({ headers }) => enterByCode(code, headers).then(() => "in", reasonOf)),
    );
    expect(outcomes.sort()).toEqual(["code_wrong", "code_wrong", "in"]);
    const late = newBrowser();
    await signInTo(late);
    for (const used of [code, await codeOf(secret, -1)])
      await expect(enterByCode(used, late.headers)).rejects.toMatchObject({ reason: { reason: "code_wrong" } });
    await enter(late, await codeOf(secret, 1));
    expect(await signedInBy(late.session)).not.toBeNull();
  });

  test("a recovery code stands in for it once: of several who give it at once one gets in", async () => {
    const { person, recovery } = await withFactor();
    const [code = ""] = recovery;
    const browsers = Array.from({ length: 3 }, newBrowser);
    for (const browser of browsers) await signInTo(browser);
    const outcomes = await Promise.all(
      browsers.map(({ headers }) => enterByCode(plain(code), headers).then(() => "in", reasonOf)),
    );
    expect(outcomes.sort()).toEqual(["code_wrong", "code_wrong", "in"]);
    expect(await ownSecondFactor(person)).toMatchObject({ codesLeft: 9 });
  });

  test("a recovery code of somebody else is of no use", async () => {
    const { recovery } = await withFactor();
    const other = { name: "Other", email: `other.${count}@example.com`, password: maria.password };
    await db.credential.updateMany({ data: { password: null } }); // so that there can be another first
    await makeFirst(other);
    const browser = newBrowser();
    await signInTo(browser, other);
    const person = await personIn(browser);
    browser.take(await beginSecondFactor(person, other.password, browser.headers));
    const { secret = "" } = (await shownSetup(person, browser.headers)) ?? {};
    browser.take(await confirmSecondFactor(person, await codeOf(secret), browser.headers));
    const again = newBrowser();
    await signInTo(again, other);
    await expect(enterByCode(plain(recovery[0] ?? ""), again.headers)).rejects.toMatchObject({
      reason: { reason: "code_wrong" },
    });
  });

  test("the question is over after ten minutes, after another password, and after another second factor", async () => {
    const { browser: own, person, secret } = await withFactor();
    const ask = async () => {
      const browser = newBrowser();
      await signInTo(browser);
      expect(await askedForCode(browser.headers)).not.toBeNull();
      return browser;
    };
    const over = async (browser: Browser) => {
      expect(await askedForCode(browser.headers)).toBeNull();
      await expect(enterByCode(await codeOf(secret), browser.headers)).rejects.toMatchObject({
        reason: { reason: "code_over" },
      });
    };
    await over(newBrowser()); // nobody was asked
    const [late, before] = [await ask(), await ask()];
    const next = { current: maria.password, password: "another long password" };
    own.take(await changePassword(person, next, own.headers));
    await over(before);
    maria = { ...maria, password: next.password };
    const replaced = await ask();
    await removeSecondFactor(await personIn(own), maria.password, own.headers);
    await over(replaced);
    vi.setSystemTime(Date.now() + 10 * 60_000 + 1);
    await over(late);
  });

  test("a question that was changed, or is for another use, is none", async () => {
    await withFactor();
    const browser = newBrowser();
    await signInTo(browser);
    const question = browser.cookies.get("referrals-question") ?? "";
    const wrong = ["", "x", question.slice(2), `${question.slice(0, -2)}00`, `${question}00`];
    for (const value of wrong) {
      browser.cookies.set("referrals-question", value);
      expect(await askedForCode(browser.headers)).toBeNull();
    }
    browser.cookies.set("referrals-question", question);
    expect(await askedForCode(browser.headers)).not.toBeNull();
    browser.cookies.set("referrals-setup", question);
    expect(await shownSetup({ ...maria, id: personId } as unknown as SignedIn, browser.headers)).toBeNull();
  });

  test("of 1,000 wrong codes at once no more than 10 in a minute are looked at, and a right password forgives none", async () => {
    const { secret } = await withFactor();
    const looked = vi.spyOn(codes, "stepOf");
    const browser = newBrowser();
    await signInTo(browser);
    const tries = Array.from({ length: 1000 }, (_, index) => {
      const { headers } = browser;
      headers.set("x-forwarded-for", `198.51.100.${index % 250}`);
      return enterByCode(String(index).padStart(6, "0"), headers).catch(reasonOf);
    });
    const reasons = await Promise.all(tries);
    expect(new Set(reasons)).toEqual(new Set(["code_wrong", "sign_in_often"]));
    const wrong = reasons.filter((reason) => reason === "code_wrong").length;
    expect(wrong).toBeGreaterThan(0);
    expect(wrong).toBeLessThanOrEqual(5); // twice, in a minute of two windows
    expect(looked.mock.calls.length).toBe(wrong);
    await signInTo(browser);
    await expect(enterByCode(await codeOf(secret), browser.headers)).rejects.toMatchObject({
      reason: { reason: "sign_in_often" },
    });
  });

  test("of codes that are tried minute by minute 20 an hour are looked at", async () => {
    await withFactor();
    const browser = newBrowser();
    await signInTo(browser);
    const reasons = [];
    for (let minute = 0; minute < 5; minute++) {
      vi.setSystemTime(Date.now() + 61_000);
      for (let index = 0; index < 5; index++)
        reasons.push(await enterByCode("000000", browser.headers).catch(reasonOf));
    }
    expect(reasons.slice(0, 20)).toEqual(Array(20).fill("code_wrong"));
    expect(reasons.slice(20)).toEqual(Array(5).fill("sign_in_often"));
  });

  test("after the signing secret was changed a recovery code still lets in", async () => {
    const { secret, recovery } = await withFactor();
    await db.secondFactor.updateMany({ data: { secret: "00".repeat(60) } });
    const browser = newBrowser();
    await signInTo(browser);
    await expect(enterByCode(await codeOf(secret), browser.headers)).rejects.toMatchObject({
      reason: { reason: "code_wrong" },
    });
    await enter(browser, plain(recovery[1] ?? ""));
    expect(await signedInBy(browser.session)).not.toBeNull();
  });
});

describe("changing it", () => {
  test("new recovery codes replace those before; the password is asked for", async () => {
    const { browser, person, recovery } = await withFactor();
    await expect(renewRecoveryCodes(person, "not the password", browser.headers)).rejects.toMatchObject({
      more: { fields: { password: expect.any(String) } },
    });
    browser.take(await renewRecoveryCodes(person, maria.password, browser.headers));
    const renewed = (await madeRecoveryCodes(person, browser.headers)) ?? [];
    expect(renewed).toHaveLength(10);
    expect(renewed.filter((code) => recovery.includes(code))).toEqual([]);
    const next = newBrowser();
    await signInTo(next);
    await expect(enterByCode(plain(recovery[0] ?? ""), next.headers)).rejects.toMatchObject({
      reason: { reason: "code_wrong" },
    });
    await enter(next, plain(renewed[0] ?? ""));
    expect(await signedInBy(next.session)).not.toBeNull();
  });

  test("taken away it is asked for no more, and every other session has ended; the password is asked for", async () => {
    const { browser, person, secret } = await withFactor();
    const elsewhere = newBrowser();
    await signInTo(elsewhere);
    await enter(elsewhere, await codeOf(secret));
    await expect(removeSecondFactor(person, "not the password", browser.headers)).rejects.toMatchObject({
      more: { fields: { current: expect.any(String) } },
    });
    await removeSecondFactor(person, maria.password, browser.headers);
    expect(await signedInBy(browser.session)).not.toBeNull();
    expect(await signedInBy(elsewhere.session)).toBeNull();
    expect(await db.recoveryCode.count()).toBe(0);
    expect((await signInTo(newBrowser())).asksCode).toBe(false);
    for (const again of [removeSecondFactor, renewRecoveryCodes])
      await expect(again(person, maria.password, browser.headers)).rejects.toMatchObject({
        reason: { reason: "second_factor_none" },
      });
  });

  test("at the terminal it is taken away, with every session", async () => {
    const { browser, person } = await withFactor();
    expect(await removeFactorOf(person)).toBe(true);
    expect(await signedInBy(browser.session)).toBeNull();
    expect((await signInTo(newBrowser())).asksCode).toBe(false);
    expect(await removeFactorOf(person)).toBe(false);
  });
});

test("nothing that the database holds is a secret, a code, or what a browser was given", async () => {
  const { browser, secret, recovery } = await withFactor();
  const asked = newBrowser();
  await signInTo(asked);
  const dump = JSON.stringify([
    await db.secondFactor.findMany(),
    await db.recoveryCode.findMany(),
    await db.personSession.findMany(),
  ]);
  const given = [...browser.cookies.values(), ...asked.cookies.values()];
  for (const kept of [secret, ...recovery, ...recovery.map(plain), ...given]) expect(dump).not.toContain(kept);
});

test("over TLS the cookies are Secure and of this host alone, and always HttpOnly", async () => {
  await withFactor();
  const browser = new Browser(`192.0.2.${count}`, { "x-forwarded-proto": "https" });
  const { cookies } = await signIn(maria, browser.headers);
  expect(cookies).toEqual([
    expect.stringMatching(
      /^__Host-referrals-question=[0-9a-f]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
    ),
  ]);
});

test("every change and every way in is recorded, and no code", async () => {
  const before = await db.auditEntry.findFirst({ orderBy: { id: "desc" }, select: { id: true } });
  const { browser, person, secret, recovery } = await withFactor();
  const next = newBrowser();
  await signInTo(next);
  await expect(enterByCode("123123", next.headers)).rejects.toMatchObject({ code: "invalid" });
  await enter(next, await codeOf(secret));
  const last = newBrowser();
  await signInTo(last);
  await enter(last, plain(recovery[0] ?? ""));
  await renewRecoveryCodes(person, maria.password, browser.headers);
  await removeSecondFactor(person, maria.password, browser.headers);
  await removeFactorOf(person);
  const found = await db.auditEntry.findMany({ where: { id: { gt: before?.id } }, orderBy: { id: "asc" } });
  expect(found.map(({ event, subject, actorName }) => [event, subject, actorName])).toEqual([
    ["signed_in", "by a password", "Maria"],
    ["second_factor_set", "Maria", "Maria"],
    ["recovery_codes_made", "Maria", "Maria"],
    ["sign_in_refused", maria.email, "Maria"],
    ["signed_in", "by a password and a code", "Maria"],
    ["recovery_code_used", "Maria", "Maria"],
    ["signed_in", "by a password and a recovery code", "Maria"],
    ["recovery_codes_made", "Maria", "Maria"],
    ["second_factor_removed", "Maria", "Maria"],
  ]);
  const whole = JSON.stringify(found, (_, value) => (typeof value === "bigint" ? String(value) : value));
  for (const code of [secret, ...recovery, ...recovery.map(plain)]) expect(whole).not.toContain(code);
});
