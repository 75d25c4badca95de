import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { signedInBy } from "@/lib/access/signed-in";
import { createLink, findLink, type LinkKind } from "@/lib/accounts/links";
import { changePassword, ownAccount, saveProfile } from "@/lib/accounts/own";
import { enterDemo, makeFirst, resetPassword } from "@/lib/accounts/people";
import { enterAs } from "@/lib/accounts/sign-in";
import { db } from "@/lib/db";

import { asked, cookieOf, hour, makeAddress, maria, sessionIn, signedInAs } from "@/lib/testing/signed-in";

beforeEach(makeAddress);

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("links", () => {
  const link = async (kind: LinkKind, more: { personId?: string; email?: string } = {}) =>
    (await createLink({ kind, ...more })).token;

  test("S9: of 20 who use a link for the first administrator at once, one becomes it", async () => {
    const token = await link("setup");
    const tries = Array.from({ length: 20 }, (_, index) =>
      makeFirst({ ...maria, email: `p${index}@example.com` }, token).catch(({ reason }) => reason.reason),
    );
    const refused = (await Promise.all(tries)).filter(
      (outcome) => outcome === "link_over" || outcome === "person_exists",
    );
    expect(refused).toHaveLength(19);
    expect(await db.person.count()).toBe(1);
    expect(await findLink(token)).toBeNull();
  });

  test("two links for the first administrator make one; the other stays unused", async () => {
    const [one, other] = [await link("setup"), await link("setup")];
    await makeFirst(maria, one);
    await expect(makeFirst({ ...maria, email: "e@example.com" }, other)).rejects.toMatchObject({
      reason: { reason: "person_exists" },
    });
    expect(await db.person.count()).toBe(1);
  });

  test("a link is over after 24 hours, and of use for its own purpose alone", async () => {
    const { token, expires } = await createLink({ kind: "setup" });
    expect(await findLink(token)).toEqual({ kind: "setup", personId: null });
    expect(await findLink(token, new Date(expires.getTime() + 1))).toBeNull();
    await expect(enterDemo(token)).rejects.toMatchObject({ reason: { reason: "link_over" } });
    await expect(resetPassword(token, maria.password)).rejects.toMatchObject({ reason: { reason: "link_over" } });
    const old = await createLink({ kind: "setup" }, { now: new Date(Date.now() - 25 * hour) });
    await expect(makeFirst(maria, old.token)).rejects.toMatchObject({ reason: { reason: "link_over" } });
    for (const wrong of ["", "x", "x".repeat(43), "\u0000".repeat(43)]) expect(await findLink(wrong)).toBeNull();
  });

  test("the demo's links let in the same administrator, who can take a password; then no more of them", async () => {
    const first = await enterDemo(await link("demo"));
    const last = await link("demo");
    expect(await enterDemo(await link("demo"))).toBe(first);
    const cookie = sessionIn(await enterAs(first, asked(), "by a link"));
    const person = await signedInBy(cookie);
    if (!person) throw new Error("nobody is signed in");
    await changePassword(person, { password: maria.password }, asked(cookieOf(cookie)));
    await saveProfile(person, { name: "Maria", email: maria.email });
    expect((await ownAccount(person)).hasPassword).toBe(true);
    expect((await signedInAs()).person.id).toBe(first);
    await expect(enterDemo(last)).rejects.toMatchObject({ reason: { reason: "person_exists" } });
  });

  test("another password, by a link or in the account, and another address end the links that were not used", async () => {
    const personId = await makeFirst(maria);
    const invited = async (id = personId) => link("reset", { personId: id });
    const other = (await db.person.create({ data: { id: "o", name: "O", email: "o@example.com" } })).id;
    const [kept, first, second] = [await invited(other), await invited(), await invited()];
    await resetPassword(first, maria.password);
    await expect(resetPassword(second, "of somebody else")).rejects.toMatchObject({ reason: { reason: "link_over" } });

    const third = await invited();
    const { person, cookie } = await signedInAs();
    await saveProfile(person, { name: "Maria Rossi", email: maria.email });
    expect(await findLink(third)).not.toBeNull();
    const given = { current: maria.password, password: "another password" };
    const cookies = await changePassword(person, given, asked(cookieOf(cookie)));
    expect(await findLink(third)).toBeNull();

    const fourth = await invited();
    const now = await signedInBy(sessionIn(cookies));
    if (!now) throw new Error("nobody is signed in");
    await saveProfile(now, { name: "Maria", email: "new@example.com" });
    expect(await findLink(fourth)).toBeNull();
    expect(await findLink(kept)).not.toBeNull();
  });

  test("of ten links of somebody, used at once, one sets the password, and none waits for another for ever", async () => {
    const personId = await makeFirst(maria);
    const tokens = await Promise.all(Array.from({ length: 10 }, () => link("reset", { personId })));
    const tries = await Promise.allSettled(tokens.map((token) => resetPassword(token, maria.password)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ reason: { reason: "link_over" } });
  });

  test("a new password by a link ends every session; used at once it is set once", async () => {
    const personId = await makeFirst(maria);
    const { cookie } = await signedInAs();
    const token = await link("reset", { personId });
    const passwords = ["first new password", "second new password", "third new password"];
    const tries = passwords.map((password) =>
      resetPassword(token, password).then(
        () => password,
        () => null,
      ),
    );
    const set = (await Promise.all(tries)).filter((password) => password !== null);
    expect(set).toHaveLength(1);
    expect(await signedInBy(cookie)).toBeNull();
    expect((await signedInAs({ ...maria, password: set[0] ?? "" })).person.id).toBe(personId);
  });
});
