import type { Asked, Scope } from "@/lib/access/scope";
import { type BatchNames, type NameBatchInput, savedNames } from "@/lib/batches/schema";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { foldName } from "@/lib/fold-name";

/**
 * Gives a batch a name and a note, unless somebody saved others than those that were shown.
 * @returns what is saved
 * @throws DomainError `not_found`; `stale` with name and note as they are
 */
export async function nameBatch(
  { ids }: Scope<"referrals.edit">,
  { batchId, name, note, shown }: Asked<NameBatchInput>,
): Promise<BatchNames> {
  const { count } = await db.batch.updateMany({
    where: { ...ids, batchId, name: shown.name, note: shown.note },
    data: { name, nameKey: foldName(name), note, noteKey: foldName(note) },
  });
  if (count === 1) return { name, note };
  const found = await db.batch.findFirst({ where: { ...ids, batchId }, select: { name: true, note: true } });
  if (!found) throw new DomainError("not_found", { reason: "batch_unknown" });
  if (found.name === name && found.note === note) return found; // sent twice
  throw new DomainError("stale", { reason: "batch_renamed" }, { details: savedNames.parse(found) });
}
