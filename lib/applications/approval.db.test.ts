import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { getApproval, saveApproval } from "@/lib/applications/approval";
import { saveApprovalInput } from "@/lib/applications/schema";
import { db } from "@/lib/db";
import { admitted, makeCampaign } from "@/lib/testing/builders";

let applicationId: number;
const by = { actorKind: "system", actorId: "operator", actorName: "operator" };
const scope = () => admitted({ applicationId });

/** Somebody with a role here, or who administers the server; who has come in can sign in. */
async function somebody(as: "viewer" | "editor" | "admin" | "administrator", entered = true): Promise<void> {
  const id = randomUUID();
  const administrator = as === "administrator";
  await db.person.create({ data: { id, name: "Somebody", email: `${id}@example.com`, administrator } });
  if (!administrator) await db.member.create({ data: { applicationId, personId: id, role: as, ...by } });
  if (entered)
    await db.credential.create({ data: { id, accountId: id, providerId: "credential", personId: id, password: "x" } });
}

beforeEach(async () => {
  await db.person.deleteMany({ where: { administrator: true } });
  ({ applicationId } = await makeCampaign());
});

it("is off at first, is saved with who, before and after, and is not lost to somebody else's", async () => {
  expect(await getApproval(scope())).toEqual({ approvalAbove: null, approvers: 0 });
  await somebody("editor");
  await somebody("admin");
  await saveApproval(scope(), { approvalAbove: 100, shown: null });
  await saveApproval(scope(), { approvalAbove: 100, shown: 100 }); // changes nothing
  expect(await getApproval(scope())).toEqual({ approvalAbove: 100, approvers: 2 });
  await expect(saveApproval(scope(), { approvalAbove: 5, shown: null })).rejects.toMatchObject({
    code: "stale",
    message: "Someone else had changes of more than 100 codes approved meanwhile. Nothing was saved; reload the page.",
  });
  await saveApproval(scope(), { approvalAbove: null, shown: 100 });
  const entries = await db.auditEntry.findMany({ where: { applicationId }, orderBy: { id: "asc" } });
  expect(entries).toMatchObject([
    { event: "approval_set", actorName: "Tester", before: { approvalAbove: null }, after: { approvalAbove: 100 } },
    { event: "approval_set", before: { approvalAbove: 100 }, after: { approvalAbove: null } },
  ]);
});

it("takes two who can sign in and approve: viewers, who never came in and whose account is disabled are none", async () => {
  await somebody("editor");
  await somebody("administrator");
  await db.person.updateMany({ where: { administrator: true }, data: { disabled: new Date() } });
  await somebody("viewer");
  await somebody("admin", false);
  const turnOn = () => saveApproval(scope(), { approvalAbove: 0, shown: null });
  await expect(turnOn()).rejects.toMatchObject({
    code: "invalid",
    more: { fields: { approvalAbove: expect.stringContaining("Only 1 person can sign in and approve changes here") } },
  });
  await somebody("administrator");
  expect(await turnOn()).toEqual({ approvalAbove: 0 });
});

it("is turned off however few there are, and only then", async () => {
  await db.application.update({ where: { id: applicationId }, data: { approvalAbove: 7 } });
  await expect(saveApproval(scope(), { approvalAbove: 6, shown: 7 })).rejects.toMatchObject({ code: "invalid" });
  expect(await saveApproval(scope(), { approvalAbove: null, shown: 7 })).toEqual({ approvalAbove: null });
});

it.each([-1, 1.5, 10_000_001, "5", Number.NaN])("no setting is %s", (approvalAbove) => {
  const { error } = saveApprovalInput.safeParse({ applicationId: 1, approvalAbove, shown: null });
  expect(error?.issues.map(({ path }) => path)).toEqual([["approvalAbove"]]);
});

it.each([0, 10_000_000, null])("a setting is %s", (approvalAbove) => {
  expect(saveApprovalInput.safeParse({ applicationId: 1, approvalAbove, shown: null }).success).toBe(true);
});
