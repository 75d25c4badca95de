import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { signedInBy } from "@/lib/access/signed-in";
import { accounts } from "@/lib/accounts/auth";
import { createLink, findLink } from "@/lib/accounts/links";
import { changePassword, endSessions, ownAccount, saveProfile } from "@/lib/accounts/own";
import { findPerson, makeFirst } from "@/lib/accounts/people";
import { holdSignIns } from "@/lib/accounts/rates";
import { enterAs, signIn, signOut } from "@/lib/accounts/sign-in";
import { db } from "@/lib/db";
import { keyFor } from "@/lib/testing/api";
import { makeCampaign } from "@/lib/testing/builders";
import { dump } from "@/lib/testing/dump";
import {
  address,
  asked,
  cookieOf,
  entered,
  hour,
  makeAddress,
  maria,
  sessionIn,
  signedInAs,
} from "@/lib/testing/signed-in";

beforeEach(makeAddress);

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("sessions", () => {
  beforeEach(async () => {
    await makeFirst(maria);
  });

  test("S1: each sign-in makes a new token, and what a browser had before is none", async () => {
    const planted = `planted-token.${"A".repeat(43)}=`;
    expect(await signedInBy(planted)).toBeNull();
    const first = sessionIn(await entered(maria, asked(cookieOf(planted))));
    const second = sessionIn(await entered({ ...maria, email: maria.email.toUpperCase() }, asked(cookieOf(first))));
    expect(new Set([planted, first, second]).size).toBe(3);
    for (const before of [planted, first]) expect(await signedInBy(before)).toBeNull();
    expect(await signedInBy(second)).toMatchObject({ name: "Maria", email: maria.email, administrator: true });
  });

  test("S1: a session of somebody else's that was put into a browser is over when one signs in there", async () => {
    const elsewhere = sessionIn(await entered(maria, asked()));
    await db.person.create({ data: { id: "mallory", name: "Mallory", email: "mallory@example.com" } });
    const planted = sessionIn(await enterAs("mallory", asked(), "by a link"));
    const own = sessionIn(await entered(maria, asked(cookieOf(planted))));
    expect(await signedInBy(planted)).toBeNull();
    for (const cookie of [own, elsewhere]) expect(await signedInBy(cookie)).toMatchObject({ name: "Maria" });
  });

  test("G1: a session begins and ends with its record, or not at all", async () => {
    const { cookie, person } = await signedInAs();
    await db.$executeRaw`ALTER TABLE audit_entry ADD CONSTRAINT no_room CHECK (false) NOT VALID`;
    try {
      await expect(entered(maria, asked())).rejects.toThrow("no_room");
      await expect(signOut(person, asked(cookieOf(cookie)))).rejects.toThrow("no_room");
    } finally {
      await db.$executeRaw`ALTER TABLE audit_entry DROP CONSTRAINT no_room`;
    }
    expect(await db.personSession.count()).toBe(1);
    expect(await signedInBy(cookie)).not.toBeNull();
    await signOut(person, asked(cookieOf(cookie)));
    expect(await db.personSession.count()).toBe(0);
    const recorded = await db.auditEntry.findMany({ where: { actorId: person.id }, orderBy: { id: "asc" } });
    expect(recorded.map(({ event }) => event).slice(-2)).toEqual(["signed_in", "signed_out"]);
  });

  test("the cookie is HttpOnly, Lax and for every path; over TLS Secure and of this host alone", async () => {
    const plain = (await entered(maria, asked())).find((cookie) => cookie.startsWith("referrals="));
    expect(plain).toMatch(/; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
    const tls = await entered(maria, asked(undefined, { "x-forwarded-proto": "https" }));
    const secure = tls.find((cookie) => cookie.startsWith("__Host-referrals="));
    expect(secure).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(secure).not.toContain("Domain");
    expect(await signedInBy(sessionIn(tls, true))).not.toBeNull();
  });

  test("a cookie that was not signed here, or was changed, is nobody's", async () => {
    const { cookie } = await signedInAs();
    const [token = "", signature = ""] = cookie.split(".");
    for (const wrong of ["", ".", token, `${token}.`, `${token}x.${signature}`, `${token}.${signature.slice(1)}`])
      expect(await signedInBy(wrong)).toBeNull();
    expect(await signedInBy(cookie)).not.toBeNull();
  });

  test("S2: after signing out, another password or a revocation a cookie is dead with the next request, of any process", async () => {
    vi.resetModules();
    const { signedInBy: ofAnother } = await import("@/lib/access/signed-in");
    const out = await signedInAs();
    expect(await ofAnother(out.cookie)).not.toBeNull();
    await signOut(null, asked(cookieOf(out.cookie)));
    for (const ask of [signedInBy, ofAnother]) expect(await ask(out.cookie)).toBeNull();

    const [here, there] = [await signedInAs(), await signedInAs()];
    const next = { current: maria.password, password: "another long password" };
    const now = sessionIn(await changePassword(here.person, next, asked(cookieOf(here.cookie))));
    for (const old of [here, there])
      for (const ask of [signedInBy, ofAnother]) expect(await ask(old.cookie)).toBeNull();
    expect(await signedInBy(now)).toMatchObject({ name: "Maria" });
    await expect(signIn(maria, asked())).rejects.toMatchObject({ code: "forbidden" });

    const changed = { ...maria, password: next.password };
    const [one, other, third] = [await signedInAs(changed), await signedInAs(changed), await signedInAs(changed)];
    await endSessions(one.person, other.person.sessionId);
    expect(await signedInBy(other.cookie)).toBeNull();
    expect(await signedInBy(third.cookie)).not.toBeNull();
    await endSessions(one.person, null);
    expect(await signedInBy(third.cookie)).toBeNull();
    expect(await signedInBy(one.cookie)).not.toBeNull();
    expect((await ownAccount(one.person)).sessions).toMatchObject([{ current: true, address }]);
  });

  test("S3: who does nothing for 12 hours is signed out, and whoever goes on after 7 days", async () => {
    const { cookie } = await signedInAs();
    const began = Date.now();
    const at = (hours: number) => signedInBy(cookie, new Date(began + hours * hour));
    expect(await at(11.9)).not.toBeNull();
    expect(await at(23.8)).not.toBeNull(); // seen meanwhile
    for (let hours = 24; hours < 7 * 24 - 1; hours += 11)
      expect(await at(hours), `after ${hours} hours`).not.toBeNull();
    expect(await at(7 * 24 + 0.1)).toBeNull();

    const idle = await signedInAs();
    expect(await signedInBy(idle.cookie, new Date(Date.now() + 12.1 * hour))).toBeNull();
  });

  test("S6: nothing that the database holds lets anybody in", async () => {
    const { cookie } = await signedInAs();
    const { token } = await createLink({ kind: "reset", personId: (await findPerson())?.id });
    const key = await keyFor((await makeCampaign()).applicationId, "management");
    const whole = (await dump()).join();
    const [bare = "none"] = cookie.split(".");
    expect(whole).toContain(maria.email);
    for (const secret of [cookie, bare, token, maria.password, key.slice(-20)]) expect(whole).not.toContain(secret);
    const { makeSignature } = await import("better-auth/crypto");
    const [{ secret } = { secret: "" }] = await db.signingSecret.findMany();
    for (const { token: kept } of await db.personSession.findMany())
      expect(await signedInBy(`${kept}.${await makeSignature(kept, secret)}`)).toBeNull();
    for (const { hash } of await db.entryLink.findMany()) expect(await findLink(hash)).toBeNull();
  });
});

describe("passwords", () => {
  beforeEach(async () => {
    await makeFirst(maria);
  });

  /** Counts the passwords that better-auth hashes or compares. */
  async function counted() {
    const { password } = await (await accounts(false)).$context;
    return { hash: vi.spyOn(password, "hash"), verify: vi.spyOn(password, "verify") };
  }

  test("S4: of 1,000 wrong passwords at once no more than 10 in a minute are looked at", async () => {
    const { hash, verify } = await counted();
    const tries = Array.from({ length: 1000 }, (_, index) => {
      const headers = asked(undefined, { "x-forwarded-for": `198.51.100.${index % 250}` });
      return signIn({ ...maria, password: `wrong password ${index}` }, headers).catch((error) => error.reason);
    });
    const reasons = (await Promise.all(tries)).map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(new Set(["sign_in_wrong", "sign_in_often"]));
    expect(verify.mock.calls.length + hash.mock.calls.length).toBeLessThanOrEqual(5); // twice, in a minute of two windows
    await expect(signIn(maria, asked())).rejects.toMatchObject({ reason: { reason: "sign_in_often" } });
  });

  test("S4: several processes count together", async () => {
    const processes = await Promise.all(
      [0, 1, 2].map(async () => {
        vi.resetModules();
        return (await import("@/lib/accounts/rates")).holdSignIns;
      }),
    );
    const tries = processes.flatMap((hold) => Array.from({ length: 5 }, () => hold(maria.email, null)));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  });

  test("one address has so many tries, whomever it tries", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => holdSignIns(`p${index}@example.com`, address)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
  });

  test("S5: who is not known, or has no password, is answered alike, after as many hashes", async () => {
    const { hash, verify } = await counted();
    const refusals = [];
    await db.person.create({ data: { id: "invited", name: "Invited", email: "invited@example.com" } });
    for (const email of [maria.email, "nobody@example.com", "invited@example.com"]) {
      hash.mockClear();
      verify.mockClear();
      const error = await signIn({ email, password: "not the password" }, asked()).catch((thrown) => thrown);
      refusals.push({ message: error.message, computed: hash.mock.calls.length + verify.mock.calls.length });
    }
    expect(refusals[0]).toEqual({ message: expect.stringContaining("do not go together"), computed: 1 });
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
  });

  test("a wrong current password changes nothing, and an address of somebody else's is refused", async () => {
    const { cookie, person } = await signedInAs();
    await db.person.create({ data: { id: "other", name: "Other", email: "other@example.com" } });
    const wrong = { current: "not the password", password: "another long password" };
    await expect(changePassword(person, wrong, asked(cookieOf(cookie)))).rejects.toMatchObject({
      more: { fields: { current: expect.any(String) } },
    });
    expect(await signedInBy(cookie)).not.toBeNull();
    await expect(saveProfile(person, { name: "M", email: "other@example.com" })).rejects.toMatchObject({
      more: { fields: { email: "Somebody else has the address other@example.com." } },
    });
    await saveProfile(person, { name: "Mary", email: "mary@example.com" });
    expect(await signedInBy(cookie)).toMatchObject({ name: "Mary", email: "mary@example.com" });
  });
});

test("every way in and out is recorded, with who and from where, and no password", async () => {
  const since = new Date();
  const id = await makeFirst(maria);
  const { cookie, person } = await signedInAs();
  await expect(signIn({ ...maria, password: "wrong horse battery" }, asked())).rejects.toMatchObject({
    code: "forbidden",
  });
  await saveProfile({ ...person, from: address }, { name: "Mary", email: maria.email });
  await changePassword(
    { ...person, from: address },
    { current: maria.password, password: "another horse battery" },
    asked(cookieOf(cookie)),
  );
  await signOut({ ...person, from: address }, asked());
  await enterAs(id, asked(), "by a link");
  const found = await db.auditEntry.findMany({ where: { at: { gte: since } }, orderBy: { id: "asc" } });
  expect(found.map(({ event, subject, actorName }) => [event, subject, actorName])).toEqual([
    ["person_made", `Maria (${maria.email})`, "operator"],
    ["signed_in", "by a password", "Maria"],
    ["sign_in_refused", maria.email, maria.email],
    ["profile_changed", "Maria", "Maria"],
    ["password_changed", "Maria", "Maria"],
    ["signed_out", "", "Maria"],
    ["signed_in", "by a link", "Mary"],
  ]);
  for (const { event, actorFrom } of found) if (event !== "person_made") expect(actorFrom).toBe(address);
  expect(JSON.stringify(found, (_, value) => (typeof value === "bigint" ? String(value) : value))).not.toContain(
    "horse",
  );
});
