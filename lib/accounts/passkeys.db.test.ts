import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { worker } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { type SignedIn, signedInBy } from "@/lib/access/signed-in";
import { passkeyHost } from "@/lib/accounts/challenge";
import { addPasskey, beginPasskey, ownPasskeys, removePasskey, renamePasskey } from "@/lib/accounts/passkeys";
import { makeFirst, waysToSignIn } from "@/lib/accounts/people";
import { signIn } from "@/lib/accounts/sign-in";
import { askForPasskey, enterByPasskey } from "@/lib/accounts/sign-in-passkey";
import { removeOldSessions } from "@/lib/accounts/sweep";
import { db } from "@/lib/db";
import { Authenticator, type Task } from "@/lib/testing/authenticator";
import { Browser } from "@/lib/testing/browser";

const host = "shop.test";
const origin = "https://shop.test";
let count = 0;
let maria = { name: "Maria", email: "", password: "correct horse battery" };

const newBrowser = () => new Browser(`192.0.2.${count}`, { host, origin });
const reasonOf = (error: { reason: { reason: string } }) => error.reason.reason;
const refusedFor = (reason: string) => ({ reason: { reason } });

/** Maria in a browser, signed in by her password. */
async function signedIn(): Promise<{ browser: Browser; person: SignedIn }> {
  const browser = newBrowser();
  browser.take((await signIn(maria, browser.headers)).cookies);
  const person = await signedInBy(browser.session);
  if (!person) throw new Error("nobody is signed in");
  return { browser, person };
}

/** What her device is told to make. */
async function begin(person: SignedIn, browser: Browser, name = "Laptop"): Promise<Task> {
  const { options, cookies } = await beginPasskey(person, { name, password: maria.password }, browser.headers);
  browser.take(cookies);
  return { challenge: options.challenge, host, origin };
}

/** What a device is told to sign. */
async function ask(browser: Browser): Promise<Task> {
  const { options, cookies } = await askForPasskey(browser.headers);
  browser.take(cookies);
  return { challenge: options.challenge, host, origin };
}

/** Maria with a passkey on a device. */
async function withPasskey() {
  const { browser, person } = await signedIn();
  const device = new Authenticator(person.id);
  browser.take(await addPasskey(person, device.make(await begin(person, browser)), browser.headers));
  return { browser, person, device };
}

beforeEach(async () => {
  count += 1;
  maria = { ...maria, email: `maria.${count}@example.com` };
  await db.person.deleteMany();
  await makeFirst(maria);
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ["referrals.example.com", "referrals.example.com"],
  ["localhost:3000", "localhost"],
  ["127.0.0.1:3000", null],
  ["[::1]:3000", null],
  ["", null],
])("passkeys of a server asked for as “%s” are for %s", (asked, expected) => {
  expect(passkeyHost(new Headers({ host: asked }))).toBe(expected);
});

describe("adding", () => {
  test("takes the password, and what the device made for the challenge; then it signs in, with no code besides", async () => {
    const { person, device } = await withPasskey();
    expect(await ownPasskeys(person)).toMatchObject([{ name: "Laptop", host, used: null }]);
    const other = newBrowser();
    other.take(await enterByPasskey(device.use(await ask(other)), other.headers));
    expect(await signedInBy(other.session)).toMatchObject({ id: person.id });
    expect(await ownPasskeys(person)).toMatchObject([{ used: expect.any(Date) }]);
    expect(other.cookies.has("referrals-challenge")).toBe(false);

    const { browser } = await signedIn();
    await expect(beginPasskey(person, { name: "x", password: "wrong" }, browser.headers)).rejects.toMatchObject({
      more: { fields: { password: "This is not the current password." } },
    });
  });

  test("who has no password needs none", async () => {
    const { browser, person } = await signedIn();
    await db.credential.updateMany({ data: { password: null } });
    const { options } = await beginPasskey(person, { name: "Laptop", password: "" }, browser.headers);
    expect(options).toMatchObject({
      rp: { id: host },
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
  });

  test("is a way to sign in where nobody has a password, as in the demo", async () => {
    expect(await waysToSignIn()).toEqual({ password: true, passkey: false });
    await withPasskey();
    await db.credential.deleteMany();
    expect(await waysToSignIn()).toEqual({ password: false, passkey: true });
  });

  test("is refused under an address, to somebody else, twice, and beyond twenty", async () => {
    const { browser, person, device } = await withPasskey();
    const at = new Headers(browser.headers);
    at.set("host", "127.0.0.1:3000");
    await expect(beginPasskey(person, { name: "x", password: maria.password }, at)).rejects.toMatchObject(
      refusedFor("passkey_host"),
    );
    const fresh = new Authenticator(person.id);
    const made = fresh.make(await begin(person, browser));
    await expect(addPasskey({ ...person, id: "other" }, made, browser.headers)).rejects.toMatchObject(
      refusedFor("challenge_over"),
    );
    const again = device.make(await begin(person, browser));
    await expect(addPasskey(person, again, browser.headers)).rejects.toMatchObject(refusedFor("passkey_there"));
    const [one] = await db.passkey.findMany();
    if (!one) throw new Error("there is no passkey");
    await db.passkey.createMany({ data: Array.from({ length: 19 }, (_, index) => ({ ...one, id: `x${index}` })) });
    await expect(begin(person, browser)).rejects.toMatchObject(refusedFor("passkeys_full"));
  });

  test.each<[string, Partial<Task>]>([
    ["another challenge", { challenge: "AAAA" }],
    ["another host", { host: "evil.test" }],
    ["another origin", { origin: "https://evil.test" }],
    ["a device that did not know who its user is", { verified: false }],
  ])("is refused for %s", async (_, wrong) => {
    const { browser, person } = await signedIn();
    const made = new Authenticator(person.id).make({ ...(await begin(person, browser)), ...wrong });
    await expect(addPasskey(person, made, browser.headers)).rejects.toMatchObject(refusedFor("passkey_wrong"));
    expect(await ownPasskeys(person)).toEqual([]);
  });
});

describe("signing in", () => {
  test.each<[string, Partial<Task>]>([
    ["another challenge", { challenge: "AAAA" }],
    ["another host", { host: "evil.test" }],
    ["another origin", { origin: "https://evil.test" }],
    ["a device that did not know who its user is", { verified: false }],
  ])("is refused for %s, and on record", async (_, wrong) => {
    const { device } = await withPasskey();
    const other = newBrowser();
    const used = device.use({ ...(await ask(other)), ...wrong });
    await expect(enterByPasskey(used, other.headers)).rejects.toMatchObject(refusedFor("passkey_wrong"));
    const last = await db.auditEntry.findFirst({ orderBy: { id: "desc" } });
    expect(last).toMatchObject({ event: "sign_in_refused", subject: "passkey Laptop", actorFrom: `192.0.2.${count}` });
  });

  test("is refused where the account is disabled, and on record", async () => {
    const { person, device } = await withPasskey();
    await db.person.update({ where: { id: person.id }, data: { disabled: new Date() } });
    const other = newBrowser();
    const used = device.use(await ask(other));
    await expect(enterByPasskey(used, other.headers)).rejects.toMatchObject(refusedFor("account_disabled"));
    const last = await db.auditEntry.findFirst({ orderBy: { id: "desc" } });
    expect(last).toMatchObject({ event: "sign_in_refused", subject: "passkey Laptop", actorId: person.id });
  });

  test("is refused for a device that is not known, one that names somebody else, and another's key", async () => {
    const { person, device } = await withPasskey();
    const other = newBrowser();
    const unknown = new Authenticator(person.id).use(await ask(other));
    await expect(enterByPasskey(unknown, other.headers)).rejects.toMatchObject(refusedFor("passkey_wrong"));
    const task = await ask(other);
    const stranger = device.use(task);
    stranger.response.userHandle = Buffer.from("somebody else").toString("base64url");
    await expect(enterByPasskey(stranger, other.headers)).rejects.toMatchObject(refusedFor("passkey_wrong"));
    const next = await ask(other);
    const forged = { ...new Authenticator(person.id).use(next), id: device.use(next).id, rawId: device.use(next).id };
    await expect(enterByPasskey(forged, other.headers)).rejects.toMatchObject(refusedFor("passkey_wrong"));
  });

  test("a challenge is of use once, also at once; for five minutes; for its browser, its host and its purpose", async () => {
    const { browser, person, device } = await withPasskey();
    const other = newBrowser();
    const used = device.use(await ask(other));
    const { headers } = other;
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => enterByPasskey(used, headers).then(() => "in", reasonOf)),
    );
    expect(outcomes.sort()).toEqual([...Array(4).fill("challenge_over"), "in"]);

    const third = newBrowser();
    const late = device.use(await ask(third));
    await expect(enterByPasskey(late, newBrowser().headers)).rejects.toMatchObject(refusedFor("challenge_over"));
    const elsewhere = third.headers;
    elsewhere.set("host", "other.test");
    await expect(enterByPasskey(late, elsewhere)).rejects.toMatchObject(refusedFor("challenge_over"));
    const adding = device.use(await begin(person, browser));
    await expect(enterByPasskey(adding, browser.headers)).rejects.toMatchObject(refusedFor("challenge_over"));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 5 * 60_000 + 1 });
    await expect(enterByPasskey(late, third.headers)).rejects.toMatchObject(refusedFor("challenge_over"));
  });

  test("a copy of a device that counts is refused, once the device was used", async () => {
    const { device } = await withPasskey();
    const use = async (counter: number) => {
      const browser = newBrowser();
      device.counter = counter;
      return enterByPasskey(device.use(await ask(browser)), browser.headers).then(() => "in", reasonOf);
    };
    expect([await use(7), await use(7), await use(6), await use(8)]).toEqual([
      ...["in", "passkey_wrong", "passkey_wrong", "in"],
    ]);
  });

  test("an address has so many tries", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 70 }, () => askForPasskey(newBrowser().headers).then(() => "asked", reasonOf)),
    );
    expect(outcomes.filter((outcome) => outcome === "asked")).toHaveLength(60);
    expect(new Set(outcomes)).toEqual(new Set(["asked", "sign_in_often"]));
  });
});

test("renamed and removed is one's own alone; a removed one signs nobody in; all of it is on record", async () => {
  const before = await db.auditEntry.findFirst({ orderBy: { id: "desc" }, select: { id: true } });
  const { person, device } = await withPasskey();
  const [{ id } = { id: "" }] = await ownPasskeys(person);
  const other = { ...person, id: "other" };
  await expect(renamePasskey(other, id, "Mine")).rejects.toMatchObject(refusedFor("passkey_unknown"));
  await expect(removePasskey(other, id)).rejects.toMatchObject(refusedFor("passkey_unknown"));
  await renamePasskey(person, id, "Old laptop");
  await renamePasskey(person, id, "Old laptop"); // changes nothing
  expect(await ownPasskeys(person)).toMatchObject([{ name: "Old laptop" }]);
  expect(await removePasskey(person, id)).toBe("Old laptop");
  const browser = newBrowser();
  await expect(enterByPasskey(device.use(await ask(browser)), browser.headers)).rejects.toMatchObject(
    refusedFor("passkey_wrong"),
  );
  const found = await db.auditEntry.findMany({ where: { id: { gt: before?.id } }, orderBy: { id: "asc" } });
  expect(found.map(({ event, subject }) => [event, subject])).toEqual([
    ["signed_in", "by a password"],
    ["passkey_added", "Laptop"],
    ["passkey_renamed", "Laptop"],
    ["passkey_removed", "Old laptop"],
    ["sign_in_refused", "a passkey that is not known"],
  ]);
});

test("challenges that were used are swept once they are over", async () => {
  const { device } = await withPasskey();
  const browser = newBrowser();
  await enterByPasskey(device.use(await ask(browser)), browser.headers);
  await db.verification.updateMany({ data: { expiresAt: new Date(0) } });
  await removeOldSessions(admit(worker, {}, "upkeep"));
  expect(await db.verification.count()).toBe(0);
});
