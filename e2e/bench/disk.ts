import { report } from "./figures";
import type { Workspace } from "./workspace";

/** How many bytes a code takes with all its indexes, how many its record does, and what each table and index takes of a code. */
export async function benchDisk({ count, raw }: Workspace): Promise<void> {
  const { rows } = await raw.query<{ of: string; name: string; bytes: string }>(
    `SELECT t.name AS of, c.relname AS name, pg_relation_size(c.oid) AS bytes
     FROM unnest(ARRAY['referral', 'redeemed', 'change']) t (name)
     JOIN pg_class c ON c.oid = t.name::regclass OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = t.name::regclass)
     ORDER BY bytes DESC`,
  );
  const each = (tables: string[]) =>
    rows.filter((row) => tables.includes(row.of)).reduce((sum, { bytes }) => sum + Number(bytes), 0) / count;
  const code = each(["referral", "redeemed"]);
  report({ what: "disk, a code with its indexes", measured: code, unit: "bytes", atMost: 700 });
  report({ what: "disk, the record of a new code", measured: each(["change"]), unit: "bytes", atMost: 200 });
  for (const { name, bytes } of rows)
    report({ what: `disk, of a code: ${name}`, measured: Number(bytes) / count, unit: "bytes" });
}
