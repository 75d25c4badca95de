import type { Everywhere, Scope } from "@/lib/access/scope";
import { bulkTransaction } from "@/lib/db";
import { foldText, searchKey } from "@/lib/referrals/folding";

interface Unfolded {
  applicationId: number;
  id: bigint;
  code: string;
  advocate: string;
}

/** How many rows one transaction folds: a fraction of a second. */
const atOnce = 1_000;

/**
 * Folds the next codes that an older version stored, or that were restored from its records, for searches. Any number of
 * processes may do so at once; without such codes it costs a look at an empty index.
 * @returns whether there were any
 */
export async function foldStored(_scope: Scope<"upkeep", Everywhere>): Promise<boolean> {
  return bulkTransaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    const rows = await tx.$queryRaw<Unfolded[]>`
      SELECT application_id AS "applicationId", id, code, advocate_integration_id AS advocate FROM referral
      WHERE advocate_search IS NULL AND (octet_length(code) > length(code)
        OR octet_length(advocate_integration_id) > length(advocate_integration_id))
      ORDER BY id LIMIT ${atOnce} FOR UPDATE SKIP LOCKED`;
    if (rows.length === 0) return false;
    await tx.$executeRaw`
      UPDATE referral r SET code_search = f.code, advocate_search = f.advocate
      FROM unnest(${rows.map((row) => row.applicationId)}::int[], ${rows.map((row) => row.id)}::bigint[],
        ${rows.map((row) => searchKey(row.code))}::text[], ${rows.map((row) => foldText(row.advocate))}::text[])
        AS f (application_id, id, code, advocate)
      WHERE r.application_id = f.application_id AND r.id = f.id`;
    return true;
  });
}
