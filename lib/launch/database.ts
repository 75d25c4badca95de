import type pg from "pg";
import { databaseReady } from "@/lib/database-ready";
import type { Settings } from "@/lib/env";
import { isCurrent, readHistory } from "@/prisma/history";
import { runNode } from "./child";
import { findEmbedded, startEmbedded } from "./embedded/server";
import { connect, reachExternal } from "./external";
import { LaunchProblem } from "./problem";
import { programOf } from "./programs.mjs";
import { say } from "./progress";
import { onShutdown } from "./shutdown";

/** How a database is made ready. */
interface Ways {
  /** Whether an embedded one that a running start keeps may be used. */
  beside?: boolean;
  /** Called once, when nothing speaks against it any more and the rest takes its time. */
  meanwhile?: () => void;
}

/** Starts or reaches the database of the settings, and checks its version, not its schema. Returns its URL. */
export async function openDatabase({ databaseUrl, dataFolder }: Settings, ways: Ways): Promise<string> {
  const { beside, meanwhile } = ways;
  if (databaseUrl === undefined) {
    const shared = beside ? await findEmbedded(dataFolder) : undefined;
    if (shared !== undefined) {
      say("Database", "of the server that runs");
      return shared;
    }
    const embedded = await startEmbedded(dataFolder, {}, meanwhile);
    onShutdown((hurry) => embedded.stop(hurry));
    say("Database", embedded.description);
    return embedded.url;
  }
  const major = await reachExternal(databaseUrl);
  meanwhile?.();
  say("Database", `PostgreSQL ${major} at ${new URL(databaseUrl).host}`);
  return databaseUrl;
}

/** Runs one of our own steps on a database; it says itself what it did. @throws LaunchProblem with why it could not */
async function step(name: "migrate" | "demo" | "administrator", url: string): Promise<void> {
  const program = programOf(`lib/launch/steps/${name}.ts`);
  const { code, output } = await runNode([program], { environment: { DATABASE_URL: url } });
  if (code !== 0) throw new LaunchProblem(output.trim());
  process.stdout.write(output);
}

async function ask<Answer>(url: string, question: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const client = await connect(url);
  try {
    return await question(client);
  } finally {
    await client.end();
  }
}

const hasApplication = async (client: pg.Client): Promise<boolean> =>
  (await client.query("SELECT EXISTS (SELECT 1 FROM application) AS filled")).rows[0].filled;

const hasPassword = async (client: pg.Client): Promise<boolean> =>
  (await client.query("SELECT EXISTS (SELECT 1 FROM credential WHERE password IS NOT NULL) AS there")).rows[0].there;

/** Whether anybody can sign in by a password, in the database that is ready. */
export function someoneHasPassword(): Promise<boolean> {
  return ask(process.env.DATABASE_URL ?? "", hasPassword);
}

/**
 * Makes the database of the settings ready for the application and tells it by `DATABASE_URL`: started or reached, of
 * a version we support, migrated, and with the demo and the administrator that the settings name where they are wanted. The embedded one stops with the process.
 * @throws LaunchProblem for what the operator has to mend.
 */
export async function readyDatabase(settings: Settings, ways: Ways = {}): Promise<void> {
  const url = await openDatabase(settings, ways);
  process.env.DATABASE_URL = url;
  if (settings.databaseUrl === undefined) databaseReady.referralsDatabaseFolder = settings.dataFolder;
  const current = await ask(url, async (client) => isCurrent(await readHistory(client)));
  if (!current) await step("migrate", url);
  if (settings.demo && !(await ask(url, hasApplication))) await step("demo", url);
  if (settings.administrator && !(await ask(url, hasPassword))) await step("administrator", url);
}
