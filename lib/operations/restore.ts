import type { CampaignIds } from "@/lib/access/scope";
import { foldStored } from "@/lib/codes/fold-stored";
import { Prisma, type Transaction } from "@/lib/db";
import { deletedRow, type PlannedPart, plannedRows } from "@/lib/operations/drift";
import { countEmptied } from "@/lib/operations/emptied";
import { ledgerCount } from "@/lib/redemptions/ledger";

/** The columns of a referral as SQL, and what a row has in each that was recorded before the column was there: its default. */
async function columnsNow(tx: Transaction): Promise<{ name: Prisma.Sql; value: Prisma.Sql }[]> {
  const columns = await tx.$queryRaw<{ key: string; name: string; fallback: string | null }[]>`
    SELECT a.attname AS key, quote_ident(a.attname) AS name, pg_get_expr(d.adbin, d.adrelid) AS fallback
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = 'referral'::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY a.attnum`;
  const counted = ledgerCount(Prisma.sql`c.application_id`, Prisma.sql`c.referral_id`);
  return columns.map(({ key, name, fallback }) => ({
    name: Prisma.raw(name),
    value:
      key === "usage_counter"
        ? counted
        : Prisma.sql`CASE WHEN u.before ? ${key}::text THEN was.${Prisma.raw(name)} ELSE ${Prisma.raw(fallback ?? "NULL")} END`,
  }));
}

// Scalar subqueries below, because they are look-ups by key whatever is known of rows as fresh as these.

/** Lets nobody take back a redemption of these codes until they are there: it would count neither in the sum nor in the code. */
function holdRedemptions(tx: Transaction, { applicationId }: CampaignIds, { id, from, to }: PlannedPart) {
  return tx.$executeRaw`
    SELECT FROM redemption d WHERE d.application_id = ${applicationId} AND d.referral_id BETWEEN ${from} AND ${to} AND d.amount = 1 AND NOT d.taken_back
      AND (SELECT c.refusal IS NULL FROM change c WHERE c.application_id = ${applicationId} AND c.operation_id = ${id}
        AND c.referral_id = d.referral_id) FOR SHARE OF d`;
}

/** Records the redemptions that codes came back with, where some were taken back since this was planned. */
function recordCounters(tx: Transaction, { applicationId }: CampaignIds, { id, from, to }: PlannedPart) {
  // hidden from the planner, which expects no codes of an application that it does not know, and looks them up by any index of it
  const hidden = Prisma.sql`(SELECT ${applicationId}::int)`;
  const counter = Prisma.sql`(SELECT r.usage_counter FROM referral r WHERE r.application_id = ${hidden} AND r.id = c.referral_id)`;
  return tx.$executeRaw`
    UPDATE change c SET after = c.after || jsonb_build_object('usageCounter', ${counter})
    WHERE c.application_id = ${applicationId} AND c.operation_id = ${id} AND c.refusal IS NULL AND c.referral_id BETWEEN ${from} AND ${to}
      AND (c.after ->> 'usageCounter')::int <> ${counter}`;
}

/**
 * Brings deleted referrals back whole, as they were recorded, whatever columns the table has got or lost since, and with the
 * redemptions that the ledger has of them now.
 * @returns how many came back; a code that was taken meanwhile stays away
 */
export async function writeRestore(tx: Transaction, scope: CampaignIds, part: PlannedPart): Promise<number> {
  const columns = await columnsNow(tx);
  await holdRedemptions(tx, scope, part);
  const restored = await tx.$executeRaw`
    WITH ${plannedRows(scope, part)}
    INSERT INTO referral (${Prisma.join(columns.map(({ name }) => name))})
    SELECT ${Prisma.join(columns.map(({ value }) => value))}
    FROM planned c CROSS JOIN LATERAL ${deletedRow} u
    CROSS JOIN LATERAL jsonb_populate_record(NULL::referral, u.before) was
    ORDER BY c.referral_id ON CONFLICT DO NOTHING`;
  await countEmptied(tx); // by what came back just now
  // what was recorded before there was a folding has none
  const among = Prisma.sql`application_id = ${scope.applicationId} AND id BETWEEN ${part.from} AND ${part.to}`;
  while ((await foldStored(tx, among)) > 0);
  await recordCounters(tx, scope, part);
  return restored;
}
