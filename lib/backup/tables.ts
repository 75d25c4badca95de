import type pg from "pg";
import { migrations } from "@/prisma/history";

/** A table as it is in a database. `columns` leaves out what PostgreSQL computes; `order` sorts by the primary key. */
export interface Table {
  name: string;
  columns: string[];
  order: string;
  parents: string[];
}

/** Tables that say how far the schema is. A restored database has its own: what long migrations do is done there again. */
export const schemaTables = ["_prisma_migrations", "background_migration"];

/** An identifier as SQL. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** The tables that migrations make; others in the same database are somebody else's. */
function ownTables(): Set<string> {
  const made = migrations().flatMap(({ sql }) => [...sql.matchAll(/^CREATE (?:UNLOGGED )?TABLE "?(\w+)"?/gm)]);
  return new Set(made.map(([, name = ""]) => name));
}

// Text is sorted by its bytes, because databases differ in their languages and the digest of a table must not.
const tablesQuery = `
  SELECT c.relname AS name,
    ARRAY(SELECT attname::text FROM pg_attribute
      WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum) AS columns,
    (SELECT string_agg(quote_ident(a.attname) || CASE WHEN a.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END, ', ' ORDER BY k.nth)
      FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, nth)
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
      WHERE i.indrelid = c.oid AND i.indisprimary) AS "order",
    ARRAY(SELECT p.relname::text FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
      WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS parents
  FROM pg_class c
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' ORDER BY c.relname COLLATE "C"`;

/** Parents before their children, else by name. @throws where tables refer to each other in a circle */
export function inOrder(tables: readonly Table[]): Table[] {
  const ordered: Table[] = [];
  for (let waiting = [...tables]; waiting.length > 0; ) {
    const names = new Set(waiting.map(({ name }) => name));
    const ready = waiting.filter(({ parents }) => !parents.some((parent) => names.has(parent)));
    if (ready.length === 0) throw new Error(`these tables refer to each other in a circle: ${[...names].join(", ")}`);
    ordered.push(...ready);
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered;
}

/** The tables of a database that hold its data, parents first, and the names of those that are not ours. */
export async function readTables(client: pg.Client): Promise<{ tables: Table[]; foreign: string[] }> {
  const own = ownTables();
  const { rows } = await client.query<Table>(tablesQuery);
  const tables = rows.filter(({ name }) => own.has(name) && !schemaTables.includes(name));
  const foreign = rows.filter(({ name }) => !own.has(name) && !schemaTables.includes(name));
  return { tables: inOrder(tables), foreign: foreign.map(({ name }) => name) };
}

/** The sequences that belong to these tables, by name. */
export async function readSequences(client: pg.Client, tables: readonly Table[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT s.relname AS name FROM pg_class s
     JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype IN ('a', 'i')
     JOIN pg_class t ON t.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass
     WHERE s.relkind = 'S' AND t.relnamespace = current_schema()::regnamespace AND t.relname = ANY ($1)
     ORDER BY s.relname COLLATE "C"`,
    [tables.map(({ name }) => name)],
  );
  return rows.map(({ name }) => name);
}

/**
 * Makes a session one for long work whose text is the same everywhere: no time limits, and one way to write each value.
 * The planner may read tables from end to end, which sessions of lists do not.
 */
export async function settleSession(client: pg.Client): Promise<void> {
  const unlimited = [
    "statement_timeout",
    "idle_in_transaction_session_timeout",
    "idle_session_timeout",
    "transaction_timeout",
  ];
  await client.query("SELECT set_config(name, '0', false) FROM pg_settings WHERE name = ANY ($1)", [unlimited]);
  const settings = {
    lock_timeout: "30s",
    DateStyle: "ISO, YMD",
    IntervalStyle: "postgres",
    TimeZone: "UTC",
    extra_float_digits: "1",
    bytea_output: "hex",
    enable_seqscan: "on",
    work_mem: "64MB",
    maintenance_work_mem: "256MB",
  };
  for (const [name, value] of Object.entries(settings))
    await client.query("SELECT set_config($1, $2, false)", [name, value]);
}
