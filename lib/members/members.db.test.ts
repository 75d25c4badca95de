import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type Actor, person } from "@/lib/access/actor";
import type { Role } from "@/lib/access/permissions";
import { admit, type CampaignIds } from "@/lib/access/scope";
import { findLink } from "@/lib/accounts/links";
import { resetPassword } from "@/lib/accounts/people";
import { listApplications } from "@/lib/applications/queries";
import { db } from "@/lib/db";
import { changeRole, handOverLink, inviteMember, removeMember } from "@/lib/members/commands";
import { listMembers } from "@/lib/members/queries";
import { makeCampaign } from "@/lib/testing/builders";

let ids: CampaignIds;
let admin: Actor;
const root = person({ id: "root", name: "Root", administrator: true, roles: new Map() });
const writing = (actor = admin, applicationId = ids.applicationId) => admit(actor, { applicationId }, "members.write");
const address = () => `${randomUUID()}@example.com`;
const invite = (role: Role, email = address(), scope = writing(root)) =>
  inviteMember(scope, { name: "Ada", email, role });
const roleOf = async (personId: string) =>
  (await listMembers(writing(root))).find((member) => member.personId === personId)?.role;
/** Somebody as they are now, by their next request. */
async function now(id: string): Promise<Actor> {
  const { administrator, members } = await db.person.findUniqueOrThrow({ where: { id }, include: { members: true } });
  const roles = new Map(members.map(({ applicationId, role }) => [applicationId, role as Role]));
  return person({ id, name: "Ada", administrator, roles });
}

beforeEach(async () => {
  ids = await makeCampaign();
  const { personId } = await invite("admin");
  admin = await now(personId);
});

describe("an invitation", () => {
  it("makes a person and a member, and a link by which they choose a password once", async () => {
    const email = address();
    const { personId, link } = await invite("editor", email, writing());
    expect(await findLink(link?.token ?? "")).toEqual({ kind: "invite", personId });
    const [found] = (await listMembers(writing())).filter((member) => member.personId === personId);
    expect(found).toMatchObject({ name: "Ada", email, role: "editor", by: "Ada", entered: false, lastSeen: null });
    expect(await resetPassword(link?.token ?? "", "correct horse battery")).toBe(personId);
    expect((await listMembers(writing())).find((member) => member.personId === personId)?.entered).toBe(true);
    await expect(resetPassword(link?.token ?? "", "correct horse battery")).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("of somebody who has an account makes them a member, and no link, which would open what they have elsewhere", async () => {
    const email = address();
    const first = await invite("viewer", email);
    await resetPassword(first.link?.token ?? "", "correct horse battery");
    const elsewhere = await makeCampaign();
    const second = await invite("editor", email, writing(root, elsewhere.applicationId));
    expect(second).toEqual({ personId: first.personId, name: "Ada", email, entered: true, link: null });
    expect((await now(first.personId)).roles).toEqual(
      new Map([
        [ids.applicationId, "viewer"],
        [elsewhere.applicationId, "editor"],
      ]),
    );
  });

  it("of somebody who was invited before and never came in gives a link too, unless they can do more than its maker", async () => {
    const email = address();
    const elsewhere = await makeCampaign();
    await invite("admin", email, writing(root, elsewhere.applicationId));
    const { personId, entered, link } = await invite("viewer", email, writing());
    expect({ entered, link }).toEqual({ entered: false, link: null });
    const third = await makeCampaign();
    const again = await invite("viewer", email, writing(root, third.applicationId));
    expect(await findLink(again.link?.token ?? "")).toEqual({ kind: "invite", personId });
  });

  it("is refused for a member, at the address, and in an application that is not there", async () => {
    const email = address();
    await invite("viewer", email);
    await expect(invite("editor", email)).rejects.toMatchObject({
      code: "invalid",
      more: { fields: { email: `${email} is Ada, who is a member already. Change the role in the list.` } },
    });
    await expect(invite("editor", address(), writing(root, 2_000_000_000))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("makes of two at once for one address one person and one member", async () => {
    const email = address();
    const both = await Promise.allSettled([invite("viewer", email), invite("viewer", email)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.person.count({ where: { email } })).toBe(1);
  });
});

describe("a role", () => {
  it("decides with the next request what somebody may do, and nothing is there for them once they are removed", async () => {
    const { personId } = await invite("viewer");
    const { applicationId } = ids;
    const edits = async () => admit(await now(personId), ids, "referrals.edit");
    await expect(edits()).rejects.toMatchObject({ code: "forbidden" });
    await changeRole(writing(), { personId, role: "editor", shown: "viewer" });
    expect(await edits()).toMatchObject({ ids });
    const own = async () =>
      (await listApplications(admit(await now(personId), {}, "applications.list"))).map(({ id }) => id);
    expect(await own()).toEqual([applicationId]);
    expect(await removeMember(writing(), { personId })).toEqual({ name: "Ada" });
    await expect(edits()).rejects.toMatchObject({ code: "not_found" });
    expect(await own()).toEqual([]);
  });

  it("that somebody else changed meanwhile is told, and not replaced", async () => {
    const { personId } = await invite("viewer");
    await changeRole(writing(), { personId, role: "admin", shown: "viewer" });
    const late = changeRole(writing(), { personId, role: "editor", shown: "viewer" });
    await expect(late).rejects.toMatchObject({ code: "stale", message: expect.stringContaining("made Ada admin") });
    expect(await roleOf(personId)).toBe("admin");
  });

  it("of the only admin stays, also when two demote each other at once", async () => {
    const only = { code: "conflict", message: expect.stringContaining("only admin") };
    await expect(removeMember(writing(), { personId: admin.id })).rejects.toMatchObject(only);
    const { personId: other } = await invite("admin");
    const both = await Promise.allSettled(
      [admin.id, other].map((personId) => changeRole(writing(root), { personId, role: "viewer", shown: "admin" })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await listMembers(writing(root))).filter(({ role }) => role === "admin")).toHaveLength(1);
  });

  it("of the only admin whose account is not disabled stays, and that of the disabled one goes", async () => {
    const { personId: away } = await invite("admin");
    await db.person.update({ where: { id: away }, data: { disabled: new Date() } });
    const only = { code: "conflict", message: expect.stringContaining("only admin") };
    await expect(removeMember(writing(root), { personId: admin.id })).rejects.toMatchObject(only);
    const demoted = changeRole(writing(root), { personId: admin.id, role: "viewer", shown: "admin" });
    await expect(demoted).rejects.toMatchObject(only);
    expect(await removeMember(writing(root), { personId: away })).toEqual({ name: "Ada" });
  });

  it("of somebody who is no member is not changed", async () => {
    const unknown = { code: "not_found", message: expect.stringContaining("not there any more") };
    const elsewhere = await makeCampaign();
    const { personId } = await invite("viewer", address(), writing(root, elsewhere.applicationId));
    await expect(changeRole(writing(), { personId, role: "editor", shown: "viewer" })).rejects.toMatchObject(unknown);
    await expect(removeMember(writing(), { personId })).rejects.toMatchObject(unknown);
    await expect(handOverLink(writing(), { personId })).rejects.toMatchObject(unknown);
    expect((await now(personId)).roles?.get(elsewhere.applicationId)).toBe("viewer");
  });
});

describe("a link to get in again", () => {
  it("is made by an admin for who is a member of their applications alone", async () => {
    const { personId } = await invite("viewer");
    const { token } = (await handOverLink(writing(), { personId })).link;
    expect(await findLink(token)).toEqual({ kind: "invite", personId });
    await resetPassword(token, "correct horse battery");
    expect(await findLink((await handOverLink(writing(), { personId })).link.token)).toEqual({
      kind: "reset",
      personId,
    });
  });

  it("ends where somebody who was in before becomes a member elsewhere, of what its maker cannot give", async () => {
    const email = address();
    const { personId, link } = await invite("viewer", email, writing());
    await resetPassword(link?.token ?? "", "correct horse battery");
    const { token } = (await handOverLink(writing(), { personId })).link;
    const elsewhere = await makeCampaign();
    await invite("editor", email, writing(root, elsewhere.applicationId));
    await expect(resetPassword(token, "of the admin's choice")).rejects.toMatchObject({
      reason: { reason: "link_over" },
    });
  });

  it("ends where somebody who never came in becomes a member elsewhere: its maker would get in there", async () => {
    const email = address();
    const { link } = await invite("viewer", email, writing());
    const elsewhere = await makeCampaign();
    const second = await invite("admin", email, writing(root, elsewhere.applicationId));
    await expect(resetPassword(link?.token ?? "", "correct horse battery")).rejects.toMatchObject({
      reason: { reason: "link_over" },
    });
    expect(await resetPassword(second.link?.token ?? "", "correct horse battery")).toBe(second.personId);
  });

  it("is not made by an admin for who can do more elsewhere, and is by who administers the server", async () => {
    const email = address();
    const { personId } = await invite("viewer", email);
    const elsewhere = await makeCampaign();
    await invite("viewer", email, writing(root, elsewhere.applicationId));
    const refused = { code: "forbidden", message: expect.stringContaining("only who administers the server") };
    await expect(handOverLink(writing(), { personId })).rejects.toMatchObject(refused);
    await db.person.update({ where: { id: personId }, data: { administrator: true } });
    await expect(handOverLink(writing(), { personId })).rejects.toMatchObject(refused);
    expect(await findLink((await handOverLink(writing(root), { personId })).link.token)).toMatchObject({ personId });
  });
});
