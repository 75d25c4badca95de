import { join } from "node:path";
import pg from "pg";
import { type Entry, readArchive, writeArchive } from "@/lib/backup/archive";
import { makeBackup } from "@/lib/backup/make";
import { restoreBackup } from "@/lib/backup/restore";
import { schemaTables } from "@/lib/backup/tables";
import { temporaryFolder } from "@/lib/launch/temporary";

/** Runs something on a connection of its own to a database. */
export async function onDatabase<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/** The rows of a statement. */
export async function rowsOf(url: string, statement: string): Promise<Record<string, unknown>[]> {
  return onDatabase(url, async (client) => (await client.query(statement)).rows);
}

/** A digest of every table that holds data, by name, and where every sequence stands: said by SQL alone. */
export async function contentsOf(url: string): Promise<Record<string, unknown>> {
  return onDatabase(url, async (client) => {
    const { rows: tables } = await client.query(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL ($1)",
      [schemaTables],
    );
    const contents: Record<string, unknown> = {};
    for (const { name } of tables) {
      const { rows } = await client.query(
        `SELECT count(*)::int AS rows, encode(sha256(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C"), '')::bytea), 'hex') AS sha
         FROM (SELECT replace(r::text, '\\', '/') AS t FROM "${name}" r) AS texts`,
      );
      contents[name] = rows[0];
    }
    const { rows: sequences } = await client.query("SELECT sequencename AS name FROM pg_sequences");
    for (const { name } of sequences)
      contents[name] = (await client.query(`SELECT last_value + is_called::int AS next FROM "${name}"`)).rows[0].next;
    return contents;
  });
}

/** Files of a test, and what is done with them. */
export function backupFiles() {
  const folder = temporaryFolder();
  let made = 0;
  const nextPath = () => {
    made += 1;
    return join(folder.path, `${made}.tar.gz`);
  };
  return {
    nextPath,
    remove: folder.remove,
    async backup(url: string): Promise<string> {
      const path = nextPath();
      await onDatabase(url, (client) => makeBackup(client, path));
      return path;
    },
    restore: (url: string, path: string) => onDatabase(url, (client) => restoreBackup(client, url, path)),
    /** Another file with the entries of one, each as it is, changed, or left out. */
    async rewritten(path: string, change: (entry: Entry) => Entry | null): Promise<string> {
      const other = nextPath();
      const archive = writeArchive(other);
      for await (const entry of readArchive(path)) {
        const changed = change(entry);
        if (changed) await archive.add(changed);
      }
      await archive.finish();
      return other;
    },
  };
}
