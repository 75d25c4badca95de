import type { Scope } from "@/lib/access/scope";
import { recordedFields } from "@/lib/codes/sql";
import { db, Prisma } from "@/lib/db";
import type { FieldValues } from "@/lib/operations/rules";
import type { Selection } from "@/lib/operations/schema";
import { selected, sizeOf } from "@/lib/operations/target";

/** A value that some of the selected codes hold now. */
export interface HeldValue {
  value: unknown;
  count: number;
}

/** What an edit or delete form is about: the selected codes as they are when the form opens. */
export interface Subject {
  count: number;
  /** How many of them `held` and `distinct` are read from: all, or a sample of a large selection. */
  looked: number;
  /** The code, when it is exactly one. */
  code: string | null;
  advocateIntegrationId: string | null;
  /** All fields, when it is exactly one code. */
  fields: FieldValues | null;
  /** The commonest values of each field, most first, at most three; unset is null. */
  held: Record<string, HeldValue[]>;
  /** How many different values each field holds. */
  distinct: Record<string, number>;
  /** The database's clock when this was read; a plan says what others changed since. */
  openedAt: string;
}

/** Up to this many of the selected codes are read for a form; of more, these are a sample. */
const lookedAt = 10_000;

/** Reads what a form is about to change; null when the selection matches no code of the campaign. */
export async function getSubject(scope: Scope<"referrals.read">, selection: Selection): Promise<Subject | null> {
  const sample = Prisma.sql`sample AS MATERIALIZED (SELECT r.* FROM referral r
    WHERE ${selected(scope.ids, selection, { after: null, limit: lookedAt })} LIMIT ${lookedAt})`;
  const [first] = await db.$queryRaw<
    { looked: bigint; code: string; advocate: string; fields: FieldValues; now: Date }[]
  >`
    WITH ${sample}
    SELECT (SELECT count(*) FROM sample) AS looked, code, advocate_integration_id AS advocate,
      ${recordedFields(Prisma.sql`sample`)} AS fields, clock_timestamp() AS now
    FROM sample LIMIT 1`;
  if (!first) return null;
  const rows = await db.$queryRaw<{ field: string; value: unknown; count: bigint; pairs: bigint }[]>`
    WITH ${sample}
    SELECT * FROM (
      SELECT f.key AS field, f.value, count(*) AS count, count(*) OVER (PARTITION BY f.key) AS pairs,
        row_number() OVER (PARTITION BY f.key ORDER BY count(*) DESC, f.value) AS rank
      FROM sample CROSS JOIN LATERAL jsonb_each(${recordedFields(Prisma.sql`sample`)}) f GROUP BY 1, 2
    ) ranked WHERE rank <= 3 ORDER BY field, rank`;
  const held: Subject["held"] = {};
  const distinct: Subject["distinct"] = {};
  for (const row of rows) {
    held[row.field] = [...(held[row.field] ?? []), { value: row.value, count: Number(row.count) }];
    distinct[row.field] = Number(row.pairs);
  }
  const looked = Number(first.looked);
  const count = looked < lookedAt ? looked : Math.max(await sizeOf(scope, selection), looked);
  const one = count === 1;
  return {
    count,
    looked,
    code: one ? first.code : null,
    advocateIntegrationId: one ? first.advocate : null,
    fields: one ? first.fields : null,
    held,
    distinct,
    openedAt: first.now.toISOString(),
  };
}
