import { createHash } from "node:crypto";
import pg from "pg";
import { expect, test } from "vitest";
import { anotherDatabase, emptyDatabase } from "@/lib/testing/database";
import { isCurrent, migrations, readHistory } from "./history";
import { migrate, schemaDiff } from "./migrate";

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

const names = migrations().map(({ name }) => name);

test("eight starts at once on an empty database all succeed, and one of them migrates", async () => {
  const url = await emptyDatabase();
  const applied = await Promise.all(Array.from({ length: 8 }, () => migrate(url)));
  expect(applied.filter((list) => list.length > 0)).toEqual([names]);
  const { rows } = await query(
    url,
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1",
  );
  expect(rows.map((row) => row.migration_name)).toEqual(names);
});

test("the schema and the migrations agree", async () => {
  expect(await schemaDiff(await anotherDatabase())).toBe("");
});

test("a difference between the schema and the migrations is seen", async () => {
  const url = await anotherDatabase();
  await query(url, "ALTER TABLE campaign ADD COLUMN colour text");
  expect(await schemaDiff(url)).toContain('DROP COLUMN "colour"');
});

test("a migration that was edited after it was applied is refused by name", async () => {
  const url = await anotherDatabase();
  await query(url, `UPDATE _prisma_migrations SET checksum = 'other' WHERE migration_name = '${names[0]}'`);
  await expect(migrate(url)).rejects.toThrow(`The migration ${names[0]} was changed after it was applied`);
});

test("a migration that was cut off, and so undone by the database, is applied again", async () => {
  const url = await emptyDatabase();
  await migrate(url);
  await query(
    url,
    `CREATE SCHEMA kept;
     ALTER TABLE _prisma_migrations SET SCHEMA kept;
     DROP SCHEMA public CASCADE;
     CREATE SCHEMA public;
     ALTER TABLE kept._prisma_migrations SET SCHEMA public;
     DELETE FROM _prisma_migrations WHERE migration_name <> '${names[0]}';
     UPDATE _prisma_migrations SET finished_at = NULL`,
  );
  expect(await migrate(url)).toEqual(names);
});

test("a migration that fails is refused with the database's words, and nothing of it stays", async () => {
  const url = await emptyDatabase();
  await query(url, "CREATE TYPE application AS (id int)");
  await expect(migrate(url)).rejects.toThrow(/"application" already exists/);
  await query(url, "DROP TYPE application");
  expect(await migrate(url)).toEqual(names);
});

test("a migration gives way to who holds its table, so that others read it meanwhile, and is applied when they are done", async () => {
  const url = await emptyDatabase();
  const newest = names.slice(-2);
  await migrate(url, names.slice(0, -2));
  const [holder, reader] = [new pg.Client({ connectionString: url }), new pg.Client({ connectionString: url })];
  await Promise.all([holder.connect(), reader.connect()]);
  await holder.query(
    "BEGIN; SELECT FROM person LIMIT 1; SELECT FROM campaign LIMIT 1; SELECT FROM application LIMIT 1",
  );
  const migrating = migrate(url);
  const gaveWay = async () => {
    const { rows } = await reader.query<{ tries: number }>(
      "SELECT count(*)::int AS tries FROM _prisma_migrations WHERE finished_at IS NULL",
    );
    return rows[0]?.tries;
  };
  await expect.poll(gaveWay, { timeout: 60_000 }).toBeGreaterThan(1);
  await reader.query("SET statement_timeout = '10s'; SELECT FROM person LIMIT 1; SELECT FROM application LIMIT 1");
  await holder.query("COMMIT");
  expect(await migrating).toEqual(newest);
  await Promise.all([holder.end(), reader.end()]);
});

test("a database that something else uses is left alone", async () => {
  const url = await emptyDatabase();
  await query(url, "CREATE TABLE orders (id int)");
  await expect(migrate(url)).rejects.toThrow("holds tables that are not of Referrals");
});

test("a database is current with every migration of this version, newer ones or not", async () => {
  const url = await anotherDatabase();
  const current = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const history = await readHistory(client);
    await client.end();
    return isCurrent(history);
  };
  expect(await current()).toBe(true);
  const checksum = createHash("sha256").update("").digest("hex");
  await query(
    url,
    `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
     VALUES ('next', '${checksum}', now(), '29990101000000_later', 1)`,
  );
  expect(await current()).toBe(true);
  await query(url, `DELETE FROM _prisma_migrations WHERE migration_name = '${names[0]}'`);
  expect(await current()).toBe(false);
});
