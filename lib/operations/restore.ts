import type { CampaignIds } from "@/lib/access/scope";
import { Prisma, type Transaction } from "@/lib/db";
import { deletedRow, type PlannedPart, plannedRows } from "@/lib/operations/drift";
import { foldStored } from "@/lib/referrals/fold-stored";

/** The columns of a referral as SQL, and what a row has in each that was recorded before the column was there: its default. */
async function columnsNow(tx: Transaction): Promise<{ name: Prisma.Sql; value: Prisma.Sql }[]> {
  const columns = await tx.$queryRaw<{ key: string; name: string; fallback: string | null }[]>`
    SELECT a.attname AS key, quote_ident(a.attname) AS name, pg_get_expr(d.adbin, d.adrelid) AS fallback
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = 'referral'::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY a.attnum`;
  return columns.map(({ key, name, fallback }) => ({
    name: Prisma.raw(name),
    value: Prisma.sql`CASE WHEN u.before ? ${key}::text THEN was.${Prisma.raw(name)} ELSE ${Prisma.raw(fallback ?? "NULL")} END`,
  }));
}

/**
 * Brings deleted referrals back whole, as they were recorded, whatever columns the table has got or lost since.
 * @returns how many came back; a code that was taken meanwhile stays away
 */
export async function writeRestore(tx: Transaction, scope: CampaignIds, part: PlannedPart): Promise<number> {
  const columns = await columnsNow(tx);
  const restored = await tx.$executeRaw`
    WITH ${plannedRows(scope, part)}
    INSERT INTO referral (${Prisma.join(columns.map(({ name }) => name))})
    SELECT ${Prisma.join(columns.map(({ value }) => value))}
    FROM planned c CROSS JOIN LATERAL ${deletedRow} u
    CROSS JOIN LATERAL jsonb_populate_record(NULL::referral, u.before) was
    ORDER BY c.referral_id ON CONFLICT DO NOTHING`;
  // what was recorded before there was a folding has none
  const among = Prisma.sql`application_id = ${scope.applicationId} AND id BETWEEN ${part.from} AND ${part.to}`;
  while ((await foldStored(tx, among)) > 0);
  return restored;
}
