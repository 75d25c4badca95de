import pg from "pg";
import type { TestProject } from "vitest/node";
import { providePrograms } from "@/lib/launch/programs.mjs";
import { startTemporary } from "@/lib/launch/temporary";
import { migrate } from "@/prisma/migrate";

declare module "vitest" {
  interface ProvidedContext {
    /** URL of the test server's own database; every test file copies the migrated one named `template`. */
    databaseServer: string;
  }
}

/** The database that every test file's own one is a copy of. */
export const templateName = "template";

/** The server that is to be tested on, such as the oldest that is promised to work; else one for this run. */
function provideServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const url = process.env.TEST_DATABASE_SERVER;
  if (url) return Promise.resolve({ url, stop: async () => undefined });
  return startTemporary({ fsync: "off", full_page_writes: "off", synchronous_commit: "off" });
}

/** Provides the programs that tests start, and one server for all database tests of a run, without the waiting that keeps data safe, and migrates once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  providePrograms();
  const server = await provideServer();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${templateName}`);
  await client.query(`CREATE DATABASE ${templateName}`);
  await client.end();
  const template = new URL(server.url);
  template.pathname = templateName;
  await migrate(template.href);
  project.provide("databaseServer", server.url);
  return () => server.stop();
}
