import { Prisma, type Transaction } from "@/lib/db";

/**
 * Lets the planner count a table that it takes for empty: one of which all rows were deleted, and that is filled again. Until then it
 * expects no row of any look-up by key, takes every index for as good as the key's, and may read all codes of an application for
 * each of ten thousand. Costs one small query where there is nothing to count.
 */
export async function countEmptied(tx: Transaction): Promise<void> {
  const emptied = await tx.$queryRaw<{ name: string }[]>`
    SELECT relname AS name FROM pg_class WHERE oid IN ('referral'::regclass, 'change'::regclass) AND reltuples = 0 AND relpages > 0`;
  // Nobody waits for whoever counts it at this moment.
  for (const { name } of emptied) await tx.$executeRaw`ANALYZE (SKIP_LOCKED) ${Prisma.raw(name)}`;
}
