import { audit } from "@/lib/access/audit";
import { lockApplication } from "@/lib/access/lock";
import { rolePermissions, roles } from "@/lib/access/permissions";
import type { ApplicationIds, Asked, Scope } from "@/lib/access/scope";
import type { SaveApprovalInput } from "@/lib/applications/schema";
import { db, type Transaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";

/** When changes of an application's codes need approval, and how many people can give it. */
export interface ApprovalSetting {
  /** Changes of more codes than this need it; null where none does. */
  approvalAbove: number | null;
  /** Editors, admins and administrators who can sign in. */
  approvers: number;
}

const approving = roles.filter((role) => rolePermissions[role].has("operations.approve"));

/** Who could approve: each person once, whatever they are, if they can sign in. */
async function countApprovers(tx: Pick<Transaction, "$queryRaw">, { applicationId }: ApplicationIds): Promise<number> {
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM person p
    WHERE p.disabled IS NULL AND EXISTS (SELECT FROM credential c WHERE c.person_id = p.id) AND (p.administrator OR EXISTS (
      SELECT FROM member m WHERE m.application_id = ${applicationId} AND m.person_id = p.id AND m.role = ANY (${approving}::text[])))`;
  return count;
}

/** The setting of an application. @throws DomainError `not_found` */
export async function getApproval({ ids }: Scope<"applications.read", ApplicationIds>): Promise<ApprovalSetting> {
  const { applicationId } = ids;
  const found = await db.application.findUnique({ where: { id: applicationId }, select: { approvalAbove: true } });
  if (!found) throw new DomainError("not_found", { reason: "application_unknown", applicationId });
  return { ...found, approvers: await countApprovers(db, ids) };
}

/**
 * Changes when changes of codes need approval, if that is still what was shown. It holds for every plan from this moment on, those that were made before, too.
 * @throws DomainError `not_found`; `stale`; `invalid` where it is turned on and fewer than two people could approve
 */
export async function saveApproval(
  scope: Scope<"applications.write", ApplicationIds>,
  { approvalAbove, shown }: Asked<SaveApprovalInput>,
): Promise<{ approvalAbove: number | null }> {
  const { applicationId } = scope.ids;
  return db.$transaction(async (tx) => {
    await lockApplication(tx, scope);
    const where = { id: applicationId };
    const now = await tx.application.findUniqueOrThrow({ where, select: { name: true, approvalAbove: true } });
    const { name, approvalAbove: above } = now;
    if (above !== shown) throw new DomainError("stale", { reason: "approval_changed", above });
    if (above === approvalAbove) return { approvalAbove };
    const count = approvalAbove === null ? 2 : await countApprovers(tx, scope.ids);
    if (count < 2) throw invalidField(["approvalAbove"], { reason: "approvers_few", count });
    await tx.application.update({ where, data: { approvalAbove }, select: { id: true } });
    const change = { before: { approvalAbove: above }, after: { approvalAbove } };
    await audit(tx, scope, { event: "approval_set", subject: name, ...change });
    return { approvalAbove };
  });
}
