import type { ApplicationIds } from "@/lib/access/scope";
import type { Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";

/**
 * The number of codes above which a change needs a second person's approval, by the application's setting at this moment.
 * @param changed how many codes the change is of
 * @returns null where it needs none
 */
export async function approvalNeeded(
  tx: Pick<Transaction, "$queryRaw">,
  { applicationId }: ApplicationIds,
  changed: number,
): Promise<number | null> {
  const [setting] = await tx.$queryRaw<{ above: number | null }[]>`
    SELECT approval_above AS above FROM application WHERE id = ${applicationId}`;
  const above = setting?.above ?? null;
  return above !== null && changed > above ? above : null;
}

/** @throws DomainError `forbidden` for a change that needs approval, with `details: { approvalAbove }` */
export async function refuseUnapproved(
  tx: Pick<Transaction, "$queryRaw">,
  ids: ApplicationIds,
  changed: number,
): Promise<void> {
  const above = await approvalNeeded(tx, ids, changed);
  if (above === null) return;
  const reason = { reason: "approval_needed", above, count: changed } as const;
  throw new DomainError("forbidden", reason, { details: { approvalAbove: above } });
}
