import pg from "pg";
import type { Settings } from "@/lib/env";
import { MigrationProblem, migrate } from "@/prisma/migrate";
import { runStep } from "./child";
import { startEmbedded } from "./embedded/server";
import { errorCode, LaunchProblem } from "./problem";
import { say, since } from "./progress";
import { onShutdown } from "./shutdown";

const oldestMajor = 15;

const reasons: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  ETIMEDOUT: "it does not answer",
  "28P01": "it refuses this user and password",
  "28000": "it refuses this user",
  "3D000": "it has no such database",
  "57P03": "it is just starting or stopping",
  "53300": "it has no free connection",
};

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000, statement_timeout: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { host, pathname } = new URL(connectionString);
    const reason = reasons[errorCode(error) ?? ""] ?? (error instanceof Error ? error.message : String(error));
    throw new LaunchProblem(
      `The database ${host}${pathname} of DATABASE_URL cannot be used: ${reason}; mend the setting or start that database.`,
    );
  }
}

/** Starts or reaches the database of the settings, and checks its version. Returns its URL. */
async function openDatabase({ databaseUrl, dataFolder }: Settings): Promise<string> {
  if (databaseUrl === undefined) {
    const embedded = await startEmbedded(dataFolder);
    onShutdown((hurry) => embedded.stop(hurry));
    say("Database", embedded.description);
    return embedded.url;
  }
  const client = await connect(databaseUrl);
  const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS number");
  await client.end();
  const major = Math.floor(rows[0].number / 10_000);
  if (major < oldestMajor) {
    throw new LaunchProblem(
      `The database of DATABASE_URL is PostgreSQL ${major}; Referrals needs ${oldestMajor} or newer, so upgrade it or use another.`,
    );
  }
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
 * @throws LaunchProblem for what the operator has to mend.
 */
export async function readyDatabase(settings: Settings): Promise<void> {
  const url = await openDatabase(settings);
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
