import type { CampaignIds, Scope } from "@/lib/access/scope";
import { bulkTransaction, db, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { ImportInput } from "@/lib/imports/schema";

/** A list of advocates that `stageAdvocates` has kept, until codes are made for it or a day has passed. */
export interface StagedAdvocates {
  listId: string;
  count: number;
  /** What tells it from another list. */
  digest: string;
}

const lost = () => new DomainError("stale", { reason: "advocates_lost" });

/** @throws DomainError `not_found` for a list that is not of this campaign, or for which codes were made already */
export async function findAdvocates({ ids }: Scope<"referrals.create">, listId: string): Promise<StagedAdvocates> {
  const list = await db.import.findFirst({
    where: { ...ids, id: BigInt(listId), advocatesDigest: { not: null } },
    select: { rowCount: true, advocatesDigest: true },
  });
  if (!list) throw new DomainError("not_found", { reason: "advocates_gone" });
  return { listId, count: list.rowCount, digest: list.advocatesDigest ?? "" };
}

/**
 * Who stands on a list, in its order. For lists that codes are made for at once.
 * @throws DomainError `stale` when its rows were lost
 */
export async function listAdvocates({ ids }: Scope<"referrals.create">, list: StagedAdvocates): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT advocate_integration_id AS id FROM import_row
    WHERE application_id = ${ids.applicationId} AND import_id = ${BigInt(list.listId)} ORDER BY line`;
  if (rows.length !== list.count) throw lost();
  return rows.map(({ id }) => id);
}

/**
 * Gives a list to the operation that makes its codes in the background.
 * @throws DomainError `conflict` when another has it, `stale` when its rows were lost
 */
export async function giveAdvocates(
  tx: Transaction,
  { applicationId }: CampaignIds,
  { listId, count }: StagedAdvocates,
  operationId: bigint,
): Promise<void> {
  const id = BigInt(listId);
  const given = await tx.import.updateMany({ where: { applicationId, id, operationId: null }, data: { operationId } });
  if (given.count === 0) throw new DomainError("conflict", { reason: "advocates_given" });
  if ((await tx.importRow.count({ where: { applicationId, importId: id } })) !== count) throw lost();
}

/** Forgets a list that no operation has: codes were made for all who stand on it. */
export async function forgetAdvocates({ ids }: Scope<"referrals.create">, { listId }: StagedAdvocates): Promise<void> {
  await bulkTransaction(async (tx) => {
    const { count } = await tx.import.deleteMany({ where: { ...ids, id: BigInt(listId), operationId: null } });
    if (count > 0)
      await tx.importRow.deleteMany({ where: { applicationId: ids.applicationId, importId: BigInt(listId) } });
  });
}

/** Forgets the list of an operation that is over, with those for whom it made no code. */
export async function forgetRest(tx: Transaction, { applicationId, importId }: ImportInput): Promise<void> {
  await tx.importRow.deleteMany({ where: { applicationId, importId: BigInt(importId) } });
  await tx.import.deleteMany({ where: { applicationId, id: BigInt(importId) } });
}
