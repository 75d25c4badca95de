import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { log } from "@/lib/log";
import { folderIdentity, holderOf, lockFolder } from "../folder-lock";
import { freePort } from "../free-port";
import { errorCode, LaunchProblem } from "../problem";
import { onShutdown } from "../shutdown";
import { type Cluster, findCluster, prepareCluster } from "./cluster";
import { type DatabaseKey, readKey, writeKey } from "./key";
import {
  findPostmaster,
  isUp,
  PortTaken,
  type Postmaster,
  StillBusy,
  startPostmaster,
  stopPostmaster,
} from "./postmaster";

/** A running embedded database. */
export type EmbeddedDatabase = {
  /** For `DATABASE_URL`; the same after the server was restarted. */
  url: string;
  /** What an operator wants to read: how it was found, version, port. */
  description: string;
  /** Stops the server, at once when `hurry` is aborted, and frees the data folder. */
  stop(hurry?: AbortSignal): Promise<void>;
};

// For a small machine that also runs Node. Durability stays as PostgreSQL has it: fsync and synchronous commits.
const parameters = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "512MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  // What a killed server has to do again: with 4 GB it took half a minute to come back after a million new codes. With
  // this, writing them takes a third more log and 2% more time.
  max_wal_size: "512MB",
  checkpoint_warning: "0", // checkpoints one after the other are as they should be while a million codes are written
  wal_buffers: "64MB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  // a week of logs in the cluster, one file a weekday, written over
  logging_collector: "on",
  log_filename: "postgresql-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_age: "1d",
  log_rotation_size: "0",
};

function urlOf({ user, password }: DatabaseKey, port: number, database: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/** Makes sure that what answers on the port is this cluster, and that it has our database. Returns its version. */
async function greet(folder: string, key: DatabaseKey, port: number): Promise<string> {
  const client = new pg.Client({
    connectionString: urlOf(key, port, "postgres"),
    connectionTimeoutMillis: 10_000,
    statement_timeout: 10_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(
      `SELECT current_setting('data_directory') AS folder, current_setting('server_version') AS version,
              EXISTS (SELECT 1 FROM pg_database WHERE datname = 'referrals') AS complete`,
    );
    if (folderIdentity(rows[0].folder) !== folderIdentity(folder)) throw new Error(`it serves ${rows[0].folder}`);
    if (!rows[0].complete) await client.query("CREATE DATABASE referrals");
    return rows[0].version;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchProblem(`The embedded database on port ${port} does not answer as ours: ${reason}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function start(
  cluster: Cluster,
  extra: Record<string, string>,
  port: number,
  ending: AbortSignal,
): Promise<Postmaster> {
  const { folder, account, binaries } = cluster;
  return startPostmaster({
    programs: binaries.folder,
    cluster: folder,
    account,
    port,
    parameters: { ...parameters, ...extra },
    ending,
  });
}

/** Starts on the remembered port, or, while that is someone else's, on a free one. */
async function startAnywhere(
  cluster: Cluster,
  extra: Record<string, string>,
  ending: AbortSignal,
): Promise<Postmaster> {
  const patience = Date.now() + 10_000;
  for (let port = cluster.key.port || (await freePort()); ; ) {
    try {
      return await start(cluster, extra, port, ending);
    } catch (error) {
      if (ending.aborted) throw error;
      if (error instanceof PortTaken) port = await freePort();
      else if (error instanceof StillBusy && Date.now() < patience) await pause(100);
      else throw error;
    }
  }
}

/** Resolves when the server process is gone. One that an earlier start made is no child of ours: it is looked at. */
async function hasEnded(server: Postmaster): Promise<void> {
  const { child } = server;
  if (child && child.exitCode === null && child.signalCode === null) await once(child, "exit");
  while (isUp(server)) await pause(200);
}

/** Starts the server again whenever it ends, with growing pauses, until `ending`. */
async function keepUp(state: { server: Postmaster }, again: () => Promise<Postmaster>, ending: AbortSignal) {
  let delay = 0;
  while (!ending.aborted) {
    const upSince = Date.now();
    await hasEnded(state.server);
    if (ending.aborted) return;
    if (Date.now() - upSince > 60_000) delay = 0;
    log.error({ delay }, "the embedded database has ended unexpectedly and is started again");
    await pause(delay, undefined, { signal: ending }).catch(() => undefined);
    delay = Math.min(delay * 2 || 100, 10_000);
    if (ending.aborted) return;
    try {
      state.server = await again();
      log.info({ port: state.server.port }, "the embedded database is up again");
      if (ending.aborted) await stopPostmaster(state.server);
    } catch (error) {
      if (ending.aborted) return;
      log.error({ err: error }, "the embedded database could not be started");
    }
  }
}

/** The URL of the database of a data folder that another process runs; nothing when none does. */
export async function findEmbedded(dataFolder: string): Promise<string | undefined> {
  const [key, folder] = [readKey(dataFolder), findCluster(dataFolder)];
  if (holderOf(dataFolder) === undefined || !key || folder === undefined) return undefined;
  const server = await findPostmaster(folder);
  if (!server) return undefined;
  await greet(folder, key, server.port);
  return urlOf(key, server.port, "referrals");
}

/**
 * Starts the database of a data folder, or takes over the one that a killed start left running, and keeps it up.
 * @param extra configuration parameters over ours, for tests.
 * @param meanwhile called when nothing speaks against the start any more, which takes a moment
 * @throws LaunchProblem when the folder is in use or the database cannot be started.
 */
export async function startEmbedded(
  dataFolder: string,
  extra: Record<string, string> = {},
  meanwhile: () => void = () => undefined,
): Promise<EmbeddedDatabase> {
  try {
    mkdirSync(dataFolder, { recursive: true });
  } catch (error) {
    throw new LaunchProblem(
      `DATA_DIR is "${dataFolder}", which cannot be made (${errorCode(error)}); set it to a folder you may write to.`,
    );
  }
  const unlock = await lockFolder(dataFolder);
  let forget: (() => void) | undefined;
  try {
    const cluster = await prepareCluster(dataFolder);
    const left = await findPostmaster(cluster.folder);
    meanwhile();
    const ending = new AbortController();
    const starting = left ? Promise.resolve(left) : startAnywhere(cluster, extra, ending.signal);
    // Until it is the caller's, who ends the process meanwhile ends this, too.
    forget = onShutdown(async (hurry) => {
      ending.abort();
      await starting.then(
        (server) => stopPostmaster(server, hurry),
        () => undefined,
      );
    });
    const state = { server: await starting };
    const { port } = state.server;
    if (port !== cluster.key.port) writeKey(dataFolder, { ...cluster.key, port });
    const version = await greet(cluster.folder, cluster.key, port);
    const again = async () =>
      (await findPostmaster(cluster.folder)) ?? (await start(cluster, extra, port, ending.signal));
    const kept = keepUp(state, again, ending.signal);
    return {
      url: urlOf(cluster.key, port, "referrals"),
      description: `PostgreSQL ${version}, ${left ? "found running" : "started"} on port ${port}`,
      async stop(hurry) {
        ending.abort();
        await stopPostmaster(state.server, hurry);
        await kept;
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  } finally {
    forget?.();
  }
}
