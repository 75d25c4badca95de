import { pool } from "@/lib/db";

/** A table in one text; without the record of refusals, which is of whoever asked. */
async function textOf(table: string, where = "true", values: unknown[] = []): Promise<string> {
  const done = table === "audit_entry" ? "event <> 'refused'" : "true";
  const { rows } = await pool.query(`SELECT t::text FROM "${table}" t WHERE ${done} AND ${where} ORDER BY 1`, values);
  return `${table} ${JSON.stringify(rows)}`;
}

/** Every row of every table but refusals, a text for each table. @param without tables that are left out */
export async function dump(without: readonly string[] = []): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL ($1) ORDER BY tablename",
    [without],
  );
  return Promise.all(rows.map(({ name }) => textOf(name)));
}

/** All that the database holds of an application but refusals. */
export async function dumpOf(applicationId: number): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'application_id' ORDER BY table_name`,
  );
  return Promise.all(rows.map(({ name }) => textOf(name, "application_id = $1", [applicationId])));
}
