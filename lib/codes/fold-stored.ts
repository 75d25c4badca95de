import { foldText, searchKey } from "@/lib/codes/folding";
import { Prisma, type Transaction } from "@/lib/db";

interface Unfolded {
  applicationId: number;
  id: bigint;
  code: string;
  advocate: string;
}

/** How many rows are folded at once: a fraction of a second's work. */
const atOnce = 1_000;

/**
 * Folds the next codes that an older version stored, or that were restored from its records, for searches.
 * @param among which codes, by their ids; all if it is not given
 * @returns how many there were; 0 when none is left
 */
export async function foldStored(tx: Transaction, among = Prisma.sql`TRUE`): Promise<number> {
  const rows = await tx.$queryRaw<Unfolded[]>`
    SELECT application_id AS "applicationId", id, code, advocate_integration_id AS advocate FROM referral
    WHERE advocate_search IS NULL AND (octet_length(code) > length(code)
      OR octet_length(advocate_integration_id) > length(advocate_integration_id)) AND ${among}
    ORDER BY id LIMIT ${atOnce} FOR UPDATE`;
  if (rows.length === 0) return 0;
  return tx.$executeRaw`
    UPDATE referral r SET code_search = f.code, advocate_search = f.advocate
    FROM unnest(${rows.map((row) => row.applicationId)}::int[], ${rows.map((row) => row.id)}::bigint[],
      ${rows.map((row) => searchKey(row.code))}::text[], ${rows.map((row) => foldText(row.advocate))}::text[])
      AS f (application_id, id, code, advocate)
    WHERE r.application_id = f.application_id AND r.id = f.id`;
}
