import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { signedInBy } from "@/lib/access/signed-in";
import { keepSealed, unseal } from "@/lib/accounts/sealed";
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
import { signIn } from "@/lib/accounts/sign-in";
import { enterByCode } from "@/lib/accounts/sign-in-code";
import { db } from "@/lib/db";
import { Browser } from "@/lib/testing/browser";
import { dump } from "@/lib/testing/dump";
import {
  codeOf,
  count,
  enter,
  makeMaria,
  maria,
  newBrowser,
  personIn,
  plain,
  reasonOf,
  signInTo,
  step,
  withFactor,
} from "@/lib/testing/second-factor";

beforeEach(makeMaria);

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
  const whole = (await dump()).join();
  const given = [...browser.cookies.values(), ...asked.cookies.values()];
  for (const kept of [secret, ...recovery, ...recovery.map(plain), ...given]) expect(whole).not.toContain(kept);
});

test("S6: who reads the database, its signing secret among it, makes up no question, and so gets in by no code", async () => {
  const { secret } = await withFactor();
  const browser = newBrowser();
  await signInTo(browser);
  const asked = await unseal("question", z.looseObject({}), browser.cookies.get("referrals-question") ?? "");
  const made = (more: object) => keepSealed("question", { ...asked, ...more }, browser.headers);
  const noted = await db.verification.findMany({ where: { identifier: "question" } });
  expect(noted.length).toBeGreaterThan(0);
  for (const token of ["", ...noted.map(({ id }) => id)]) {
    browser.take([await made({ token })]);
    await expect(enterByCode(await codeOf(secret), browser.headers)).rejects.toMatchObject({
      reason: { reason: "code_over" },
    });
  }
  browser.take([await made({})]); // as it was asked
  await enter(browser, await codeOf(secret));
  browser.take([await made({})]);
  await expect(enterByCode(await codeOf(secret, 1), browser.headers)).rejects.toMatchObject({
    reason: { reason: "code_over" }, // it was answered
  });
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
