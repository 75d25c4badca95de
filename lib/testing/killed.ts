import pg from "pg";
import { afterAll } from "vitest";
import { contentsOf } from "./backups";

/** The records there are: of the audit, how many of them are there twice, and of operations. */
interface Records {
  audit: number;
  doubled: number;
  operations: string;
}

/** Lets the database end a connection where it keeps a record, as a crash would; for a test file's own database. */
export async function killing(url: string) {
  /** A connection of its own: those of the pools are ended here. */
  const administrator = new pg.Client({ connectionString: url });
  await administrator.connect();
  afterAll(() => administrator.end());
  await administrator.query(`
    CREATE TABLE kill_at (moment text);
    CREATE FUNCTION kill_me() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF EXISTS (SELECT FROM kill_at WHERE moment = TG_ARGV[0]) THEN
        PERFORM pg_terminate_backend(pg_backend_pid());
        PERFORM pg_sleep(10);
      END IF;
      RETURN NEW;
    END $$`);
  for (const table of ["audit_entry", "operation"]) {
    const each = (moment: string) => `FOR EACH ROW EXECUTE FUNCTION kill_me('${moment}')`;
    await administrator.query(`
      CREATE TRIGGER kill_before BEFORE INSERT OR UPDATE ON ${table} ${each("record")};
      CREATE CONSTRAINT TRIGGER kill_late AFTER INSERT OR UPDATE ON ${table} DEFERRABLE INITIALLY DEFERRED ${each("commit")}`);
  }
  return {
    administrator,
    /** Runs something whose connection the database ends before its record stands, or when that is to be committed. */
    async killed<T>(moment: "record" | "commit", run: () => Promise<T>): Promise<T> {
      await administrator.query("INSERT INTO kill_at VALUES ($1)", [moment]);
      return run().finally(() => administrator.query("TRUNCATE kill_at"));
    },
    /** A digest of every table, by name. */
    async contents(): Promise<Record<string, unknown>> {
      const all = await contentsOf(url);
      return Object.fromEntries(Object.entries(all).filter(([name]) => !name.endsWith("_seq")));
    },
    async records(): Promise<Records> {
      const { rows } = await administrator.query(
        `SELECT (SELECT count(*)::int FROM audit_entry) AS audit,
           (SELECT count(*)::int FROM (SELECT FROM audit_entry GROUP BY event, subject, application_id, at HAVING count(*) > 1) d) AS doubled,
           (SELECT md5(string_agg(o::text, '' ORDER BY id)) FROM operation o) AS operations`,
      );
      return rows[0];
    },
  };
}
