import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type Actor, person } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { signedInBy } from "@/lib/access/signed-in";
import { linkForAccount, removeFactor, setAdministrator, setDisabled } from "@/lib/accounts/commands";
import { findLink } from "@/lib/accounts/links";
import { makePerson, resetPassword } from "@/lib/accounts/people";
import { countAccounts, listAccounts } from "@/lib/accounts/queries";
import { enterAs, signIn } from "@/lib/accounts/sign-in";
import { db } from "@/lib/db";
import { makeCampaign } from "@/lib/testing/builders";

const password = "correct horse battery";
const root = person({ id: "root", name: "Root", administrator: true, roles: new Map() });
const writing = (actor = root) => admit(actor, {}, "accounts.write");
const as = (id: string): Actor => person({ id, name: "Ada", administrator: true, roles: new Map() });
const account = async (personId: string) =>
  (await listAccounts(writing(), { q: "", after: null }, 1000)).accounts.find((one) => one.personId === personId);
const lastRecord = () =>
  db.auditEntry.findFirstOrThrow({ orderBy: { id: "desc" }, select: { event: true, subject: true, actorName: true } });

async function make(name = "Ada"): Promise<{ id: string; email: string }> {
  const email = `${randomUUID()}@example.com`;
  return { id: await db.$transaction((tx) => makePerson(tx, { name, email }, root)), email };
}
async function makeAdministrator(name?: string) {
  const made = await make(name);
  await setAdministrator(writing(), { personId: made.id, administrator: true });
  return made;
}
/** The cookie that a browser sends after it was given one. */
const cookieOf = (given: string[]) =>
  decodeURIComponent(given.find((one) => one.startsWith("referrals="))?.split(/[=;]/, 2)[1] ?? "");

beforeEach(async () => {
  await db.person.updateMany({ data: { administrator: false } });
});

describe("an administrator", () => {
  it("is made and unmade, on record", async () => {
    const [first, second] = [await makeAdministrator(), await makeAdministrator("Bea")];
    expect(await account(second.id)).toMatchObject({ name: "Bea", administrator: true, entered: false, roles: [] });
    expect(await lastRecord()).toEqual({ event: "administrator_made", subject: "Bea", actorName: "Root" });
    expect(await setAdministrator(writing(), { personId: second.id, administrator: false })).toEqual({ name: "Bea" });
    expect(await lastRecord()).toEqual({ event: "administrator_ended", subject: "Bea", actorName: "Root" });
    expect((await account(first.id))?.administrator).toBe(true);
  });

  it("stays who is the last, also when two unmake or disable each other at once", async () => {
    const [first, second] = [await makeAdministrator(), await makeAdministrator()];
    const both = await Promise.allSettled([
      setAdministrator(writing(as(second.id)), { personId: first.id, administrator: false }),
      setDisabled(writing(as(first.id)), { personId: second.id, disabled: true }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict", message: expect.stringContaining("the only one who administers the server") },
    });
    expect(await db.person.count({ where: { administrator: true, disabled: null } })).toBe(1);
  });

  it("is let in by no link that was made before, for who could do less", async () => {
    await makeAdministrator();
    const { id } = await make();
    const { token } = (await linkForAccount(writing(), { personId: id })).link;
    await setAdministrator(writing(), { personId: id, administrator: true });
    await expect(resetPassword(token, password)).rejects.toMatchObject({ reason: { reason: "link_over" } });
    const later = (await linkForAccount(writing(), { personId: id })).link.token;
    await setAdministrator(writing(), { personId: id, administrator: false });
    expect(await findLink(later)).not.toBeNull();
  });

  it("is not made of a disabled account, nor of nobody", async () => {
    await makeAdministrator();
    const { id } = await make();
    await setDisabled(writing(), { personId: id, disabled: true });
    const grant = (personId: string) => setAdministrator(writing(), { personId, administrator: true });
    await expect(grant(id)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("disabled") });
    await expect(grant("nobody")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a disabled account", () => {
  it("has no session from then on, gets in by no password and no link, and all of it again when it is enabled", async () => {
    await makeAdministrator();
    const { id, email } = await make();
    await resetPassword((await linkForAccount(writing(), { personId: id })).link.token, password);
    const open = (await linkForAccount(writing(), { personId: id })).link.token;
    const cookie = cookieOf((await signIn({ email, password }, new Headers())).cookies);
    expect(await signedInBy(cookie)).toMatchObject({ id });

    expect(await setDisabled(writing(), { personId: id, disabled: true })).toEqual({ name: "Ada" });
    expect(await lastRecord()).toMatchObject({ event: "account_disabled", subject: "Ada" });
    expect(await signedInBy(cookie)).toBeNull();
    expect(await findLink(open)).toBeNull();
    const closed = { message: expect.stringContaining("The account of Ada is disabled.") };
    await expect(linkForAccount(writing(), { personId: id })).rejects.toMatchObject(closed);
    await expect(signIn({ email, password }, new Headers())).rejects.toMatchObject({ code: "forbidden", ...closed });
    expect(await lastRecord()).toMatchObject({ event: "sign_in_refused", subject: email });
    await expect(signIn({ email, password: "wrong" }, new Headers())).rejects.toMatchObject({
      message: expect.stringContaining("do not go together"),
    });
    await expect(enterAs(id, new Headers(), "by a link")).rejects.toMatchObject(closed);

    await setDisabled(writing(), { personId: id, disabled: false });
    expect(await signedInBy(cookieOf((await signIn({ email, password }, new Headers())).cookies))).toMatchObject({
      id,
    });
    expect(await signedInBy(cookie)).toBeNull();
  });

  it("is not one's own, nor nobody's; disabling twice is disabling once", async () => {
    const own = await makeAdministrator();
    await makeAdministrator();
    const disable = (personId: string) => setDisabled(writing(as(own.id)), { personId, disabled: true });
    await expect(disable(own.id)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("own") });
    await expect(disable("nobody")).rejects.toMatchObject({ code: "not_found" });
    const { id } = await make();
    await disable(id);
    const since = (await account(id))?.disabled;
    await disable(id);
    expect((await account(id))?.disabled).toEqual(since);
    expect(await db.auditEntry.count({ where: { event: "account_disabled", subject: "Ada", actorId: own.id } })).toBe(
      1,
    );
  });
});

describe("a second factor that somebody lost", () => {
  it("is taken away by who administers the server, on record, and ends their sessions", async () => {
    await makeAdministrator();
    const { id, email } = await make("Bea");
    await resetPassword((await linkForAccount(writing(), { personId: id })).link.token, password);
    const cookie = cookieOf((await signIn({ email, password }, new Headers())).cookies);
    await db.secondFactor.create({ data: { personId: id, secret: "sealed", lastStep: 0 }, select: { personId: true } });
    expect((await account(id))?.secondFactor).toBe(true);
    expect(await removeFactor(writing(), { personId: id })).toEqual({ name: "Bea" });
    expect(await lastRecord()).toEqual({ event: "second_factor_removed", subject: "Bea", actorName: "Root" });
    expect((await account(id))?.secondFactor).toBe(false);
    expect(await signedInBy(cookie)).toBeNull();
    await expect(removeFactor(writing(), { personId: id })).rejects.toMatchObject({ code: "conflict" });
    await expect(removeFactor(writing(), { personId: "nobody" })).rejects.toMatchObject({ code: "not_found" });
    await expect(removeFactor(writing(as(id)), { personId: id })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("your own"),
    });
  });
});

describe("the list of accounts", () => {
  it("is by name, a page at a time, found by part of a name or an address, with what each is where", async () => {
    const mark = randomUUID().slice(0, 8);
    const made = [await make(`${mark} Çelik`), await make(`${mark} bea`), await make(`${mark} Ada`)];
    const { applicationId } = await makeCampaign();
    await db.member.create({
      data: {
        applicationId,
        personId: made[2]?.id ?? "",
        role: "editor",
        actorKind: "system",
        actorId: "x",
        actorName: "x",
      },
    });
    const page = (after: string | null) => listAccounts(writing(), { q: mark.toUpperCase(), after }, 2);
    const first = await page(null);
    expect(first.accounts.map(({ name }) => name)).toEqual([`${mark} Ada`, `${mark} bea`]);
    expect(first.accounts[0]?.roles).toEqual([{ application: expect.any(String), role: "editor" }]);
    const second = await page(first.next);
    expect([second.accounts.map(({ name }) => name), second.next]).toEqual([[`${mark} Çelik`], null]);
    const byAddress = await listAccounts(writing(), { q: made[1]?.email.slice(0, 20) ?? "", after: null }, 50);
    expect(byAddress.accounts.map(({ name }) => name)).toEqual([`${mark} bea`]);
    expect(await countAccounts(writing())).toBeGreaterThanOrEqual(3);
    expect((await listAccounts(writing(), { q: "%_'", after: "nobody" }, 50)).accounts).toEqual([]);
  });

  it.each(["İpek", "ΟΔΟΣ", "Çelik"])(
    "finds %s by the name as it is written, and by part of it in small letters",
    async (name) => {
      const mark = randomUUID().slice(0, 8);
      await make(`${name} ${mark}`);
      for (const q of [`${name} ${mark}`, `${name.slice(1, 3).toLowerCase()}`]) {
        const { accounts } = await listAccounts(writing(), { q, after: null }, 1000);
        expect(accounts.map((one) => one.name)).toContain(`${name} ${mark}`);
      }
    },
  );

  it("is for nobody but who administers the server", () => {
    const admin = person({ id: "a", name: "Ada", administrator: false, roles: new Map([[1, "admin"]]) });
    for (const permission of ["accounts.read", "accounts.write"] as const)
      expect(() => admit(admin, {}, permission)).toThrow(expect.objectContaining({ code: "forbidden" }));
  });
});
