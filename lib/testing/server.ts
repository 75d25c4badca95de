import pg from "pg";
import type { TestProject } from "vitest/node";
import { providePrograms } from "@/lib/launch/programs.mjs";
import { startTemporary } from "@/lib/launch/temporary";
import { migrate } from "@/prisma/migrate";
import { templateName } from "./template";

declare module "vitest" {
  interface ProvidedContext {
    /** URL of the test server's own database; every test file copies the migrated one named `template`. */
    databaseServer: string;
  }
}

/** The server that is to be tested on, such as the oldest that is promised to work; else one for this run. */
function provideServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const url = process.env.TEST_DATABASE_SERVER;
  if (url) return Promise.resolve({ url, stop: async () => undefined });
  return startTemporary({ fsync: "off", full_page_writes: "off", synchronous_commit: "off" });
}

/** Makes a database that others are copied of, itself a copy, in place of what an earlier run left. Returns its URL. */
export async function makeTemplate(server: string, name: string, of: string): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name}`);
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${of}`);
  await client.end();
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

/** Provides the programs that tests start, and one server for all database tests of a run, without the waiting that keeps data safe, and migrates once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  providePrograms();
  const server = await provideServer();
  await migrate(await makeTemplate(server.url, templateName, "template0"));
  project.provide("databaseServer", server.url);
  return () => server.stop();
}
