// Setup of `*.db.test.ts`: before the file, and with it lib/db.ts, is loaded, DATABASE_URL names a migrated database that
// this file has to itself. It is dropped afterwards, when the file's connections have closed.
import { afterAll } from "vitest";
import { anotherDatabase } from "./database";

process.env.DATABASE_URL = await anotherDatabase();

afterAll(async () => {
  const { closeDatabase } = await import("@/lib/db");
  await closeDatabase();
});
