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
  ownSecondFactor,
  removeSecondFactor,
  shownSetup,
} from "@/lib/accounts/second-factor";
import { enterOrAsk } from "@/lib/accounts/sign-in";
import { enterByCode } from "@/lib/accounts/sign-in-code";
import { db } from "@/lib/db";
import type { Browser } from "@/lib/testing/browser";
import {
  codeOf,
  count,
  enter,
  makeMaria,
  maria,
  newBrowser,
  personId,
  personIn,
  plain,
  reasonOf,
  signInTo,
  withFactor,
} from "@/lib/testing/second-factor";

beforeEach(makeMaria);

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
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

  test("is refused where the account was disabled since the password, and on record", async () => {
    const { secret } = await withFactor();
    const browser = newBrowser();
    await signInTo(browser);
    await db.person.update({ where: { id: personId }, data: { disabled: new Date() } });
    await expect(enter(browser, await codeOf(secret))).rejects.toMatchObject({
      reason: { reason: "account_disabled" },
    });
    const last = await db.auditEntry.findFirst({ orderBy: { id: "desc" } });
    expect(last).toMatchObject({ event: "sign_in_refused", subject: maria.email, actorId: personId });
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
    const ask = async (given = maria) => {
      const browser = newBrowser();
      await signInTo(browser, given);
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
    const replaced = await ask({ ...maria, password: next.password });
    await removeSecondFactor(await personIn(own), next.password, own.headers);
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
