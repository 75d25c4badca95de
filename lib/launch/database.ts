import type { Settings } from "@/lib/env";
import { MigrationProblem, migrate } from "@/prisma/migrate";
import { runStep } from "./child";
import { findEmbedded, startEmbedded } from "./embedded/server";
import { connect, reachExternal } from "./external";
import { LaunchProblem } from "./problem";
import { say, since } from "./progress";
import { onShutdown } from "./shutdown";

/** Starts or reaches the database of the settings, and checks its version. Returns its URL. */
async function openDatabase({ databaseUrl, dataFolder }: Settings, beside: boolean): Promise<string> {
  if (databaseUrl === undefined) {
    const shared = beside ? await findEmbedded(dataFolder) : undefined;
    if (shared !== undefined) {
      say("Database", "of the server that runs");
      return shared;
    }
    const embedded = await startEmbedded(dataFolder);
    onShutdown((hurry) => embedded.stop(hurry));
    say("Database", embedded.description);
    return embedded.url;
  }
  const major = await reachExternal(databaseUrl);
  say("Database", `PostgreSQL ${major} at ${new URL(databaseUrl).host}`);
  return databaseUrl;
}

async function seed(url: string): Promise<void> {
  const client = await connect(url);
  const { rows } = await client.query("SELECT EXISTS (SELECT 1 FROM application) AS filled");
  await client.end();
  if (rows[0].filled) return;
  const began = performance.now();
  // in a process of its own, so that this one has a single copy of the database client
  await runStep("Filling the database with the demo", ["--import", "tsx", "prisma/seed.ts"]);
  say("Demo", `filled in, in ${since(began)}`);
}

/**
 * Makes the database of the settings ready for the application and tells it by `DATABASE_URL`: started or reached, of
 * a version we support, migrated, and with the demo where that is wanted. The embedded one stops with the process.
 * @param beside whether an embedded one that a running start keeps may be used
 * @throws LaunchProblem for what the operator has to mend.
 */
export async function readyDatabase(settings: Settings, { beside = false } = {}): Promise<void> {
  const url = await openDatabase(settings, beside);
  process.env.DATABASE_URL = url;
  const began = performance.now();
  try {
    const applied = await migrate(url);
    if (applied.length > 0) say("Migrations", `${applied.length} applied in ${since(began)}`);
  } catch (error) {
    throw error instanceof MigrationProblem ? new LaunchProblem(error.message) : error;
  }
  if (settings.demo) await seed(url);
}
