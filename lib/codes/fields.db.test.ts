import { describe, expect, it } from "vitest";
import { codeField, codeFieldNames, codeFields } from "@/lib/codes/fields";
import { assignments, recordedFields, recordedValue, valueAfter, writtenColumn } from "@/lib/codes/sql";
import { db, Prisma, pool } from "@/lib/db";
import { editChangesField } from "@/lib/operations/schema";
import { makeBatch, makeCampaign } from "@/lib/testing/builders";

const row = Prisma.sql`r`;

describe("the table of a code's fields", () => {
  it("names columns that are there, of the types they have", async () => {
    const { rows } = await pool.query<{ column: string; type: string }>(
      `SELECT attname AS column, format_type(atttypid, NULL) AS type FROM pg_attribute
       WHERE attrelid = 'referral'::regclass AND attname = ANY($1)`,
      [codeFieldNames.map((name) => codeFields[name].column)],
    );
    const types = { integer: "int", "timestamp with time zone": "timestamptz", text: "text" } as Record<string, string>;
    expect(Object.fromEntries(rows.map(({ column, type }) => [column, types[type]]))).toEqual(
      Object.fromEntries(codeFieldNames.map((name) => [codeFields[name].column, codeFields[name].type])),
    );
  });

  it("is known by names and by columns, and has an instruction of an edit for each field", () => {
    for (const name of codeFieldNames) {
      expect(codeField(name)).toBe(codeFields[name]);
      expect(codeField(codeFields[name].column)).toBe(codeFields[name]);
    }
    const { attributes: _, onlyUnredeemed: __, ...instructions } = editChangesField.parse({});
    expect(Object.keys(instructions).sort()).toEqual([...codeFieldNames].sort());
  });
});

describe("a referral's fields in SQL", () => {
  const attributes = { tier: "gold", "quo'te\"d": [1, "a\\b"], nested: [{ a: null }] };

  it("are one object, which holds what each is by itself", async () => {
    const scope = await makeCampaign();
    await makeBatch(scope, [{ usageLimit: 7, validFrom: "2027-01-01T00:00:00.120Z", attributes }, {}]);
    const rows = await db.$queryRaw<{ all: Record<string, unknown>; key: string; value: unknown; column: string }[]>`
      SELECT ${recordedFields(row)} AS all, f.key, ${recordedValue(row, Prisma.sql`f.key`)} AS value,
        ${writtenColumn(Prisma.sql`f.key`)} AS column
      FROM referral r CROSS JOIN LATERAL jsonb_each(${recordedFields(row)}) f WHERE application_id = ${scope.applicationId}`;
    expect(rows).toHaveLength(2 * codeFieldNames.length + 3);
    for (const { all, key, value, column } of rows) {
      expect(all[key]).toEqual(value);
      expect(column).toBe(codeField(key)?.column ?? "attributes");
    }
    expect(rows[0]?.all).toMatchObject({ usageLimit: 7, validFrom: "2027-01-01T00:00:00.12+00:00", validUntil: null });
    expect(rows.find(({ key }) => key === "attributes.nested")?.value).toEqual([{ a: null }]);
  });

  it("are written where the log says something of them, and stay where it does not", async () => {
    const scope = await makeCampaign();
    const { ids } = await makeBatch(scope, [{ usageLimit: 7, validUntil: "2027-01-01T00:00:00Z", attributes }]);
    const fields = Prisma.sql`${JSON.stringify({ usageLimit: 9, validUntil: null, "attributes.tier": null })}::jsonb`;
    const [after] = await db.$queryRaw<[{ limit: number; from: Date | null; until: Date | null }]>`
      SELECT ${valueAfter("usageLimit", fields, row)} AS limit, ${valueAfter("validFrom", fields, row)} AS from,
        ${valueAfter("validUntil", fields, row)} AS until FROM referral r WHERE r.id = ${BigInt(ids[0] ?? 0)}`;
    expect(after).toEqual({ limit: 9, from: null, until: null });
    await db.$executeRaw`UPDATE referral r SET ${assignments(["usage_limit", "attributes"], fields)}
      WHERE r.application_id = ${scope.applicationId}`;
    const { tier: _, ...rest } = attributes;
    expect(await db.referral.findFirst({ where: scope })).toMatchObject({
      usageLimit: 9,
      validUntil: new Date("2027-01-01T00:00:00Z"),
      attributes: rest,
    });
  });
});
