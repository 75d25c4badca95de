import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { demoName, templateName } from "./template";

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("databaseServer") });
  await client.connect();
  await client.query(statement);
  await client.end();
}

const made: string[] = [];

afterAll(async () => {
  for (const name of made) await administer(`DROP DATABASE ${name} WITH (FORCE)`);
});

/** Makes a database that is dropped when the test file ends. @param template what it is a copy of */
async function createDatabase(template: string): Promise<string> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  made.push(name);
  const url = new URL(inject("databaseServer"));
  url.pathname = name;
  return url.href;
}

/** A database with nothing in it, not even migrations. Returns its URL. */
export function emptyDatabase(): Promise<string> {
  return createDatabase("template0");
}

/** A migrated database of this test file's own, besides the one in `DATABASE_URL`. Returns its URL. */
export function anotherDatabase(): Promise<string> {
  return createDatabase(templateName);
}

/** One that holds the demo, as a start with `DEMO=1` leaves it; for tests that start the program. Returns its URL. */
export function demoDatabase(): Promise<string> {
  return createDatabase(demoName);
}
