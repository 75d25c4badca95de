import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { folderIdentity } from "../folder-lock";
import { LaunchProblem } from "../problem";
import { findProcess, isRunning, type ProcessIdentity, programName, workingFolder } from "../processes";
import { type Account, spawnOptions } from "./account";
import { followLog } from "./server-log";

/** A PostgreSQL server process and the port it listens on. `child` is missing when an earlier start made it. */
export type Postmaster = ProcessIdentity & { port: number; child?: ChildProcess };

/** What a postmaster is started with. */
type PostmasterOptions = {
  programs: string;
  cluster: string;
  account: Account | undefined;
  port: number;
  /** Configuration parameters, over those of the cluster. */
  parameters: Record<string, string>;
  /** Aborted when it is not wanted any more, although it may not be ready yet. */
  ending: AbortSignal;
};

/** The port is someone else's: the caller picks another one. */
export class PortTaken extends Error {}

/** The processes of a server that was killed have not all gone yet: worth another try. */
export class StillBusy extends LaunchProblem {}

// A crash leaves recovery to do, which PostgreSQL reports as "starting" for as long as it takes.
const recoveryMilliseconds = 10 * 60_000;
const oldServerMilliseconds = 30_000;

type PidFile = { pid: number; folder: string; port: number; status: string };

function readPidFile(cluster: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    const [pid, folder = "", , port] = lines;
    return { pid: Number(pid), folder, port: Number(port), status: (lines[7] ?? "").trim() };
  } catch {
    return undefined;
  }
}

/**
 * Whether a process is the PostgreSQL server of this very folder. The file with its number is copied with a data folder,
 * and numbers are given again; a server works in its folder, and where that is not told, its file says which it was.
 */
function serves({ pid, folder }: PidFile, cluster: string): boolean {
  if (!programName(pid).startsWith("postgres")) return false;
  const place = folderIdentity(workingFolder(pid)) ?? folderIdentity(folder);
  return place === undefined || place === folderIdentity(cluster);
}

/**
 * The server that already runs on this cluster, left by a start that was killed; waits while it is starting or stopping.
 * A pid file is removed only if its number now belongs to a program that does not serve this cluster: then it is nobody's.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  for (const deadline = Date.now() + oldServerMilliseconds; Date.now() < deadline; await pause(50)) {
    const file = readPidFile(cluster);
    const found = file && findProcess(file.pid);
    if (!found) return undefined;
    if (!serves(file, cluster)) {
      rmSync(join(cluster, "postmaster.pid"), { force: true });
      return undefined;
    }
    if (file.status === "ready") return { ...found, port: file.port };
  }
  throw new LaunchProblem(
    `The database in ${cluster} has been starting or stopping for ${oldServerMilliseconds / 1000} s (process ${readPidFile(cluster)?.pid}); wait for it, or see its log in ${join(cluster, "log")}.`,
  );
}

/**
 * Starts the server and waits until it takes connections, recovery included.
 * It gets a session of its own, so that signals to our process group do not stop it before the requests have finished.
 * @throws PortTaken, or LaunchProblem with PostgreSQL's own words.
 */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const { programs, cluster, account, port, ending } = options;
  const parameters = Object.entries(options.parameters).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(programs, "postgres"), ["-D", cluster, "-p", String(port), ...parameters], {
    ...spawnOptions(account),
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const endEarly = () => child.kill("SIGINT");
  ending.addEventListener("abort", endEarly);
  if (ending.aborted) endEarly();
  const written = followLog(cluster);
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-4000);
  });
  let gone: string | undefined;
  child.once("error", (error) => {
    gone = error.message;
  });
  child.once("close", () => {
    gone ??= words + written();
  });
  for (const deadline = Date.now() + recoveryMilliseconds; gone === undefined; await pause(10)) {
    const file = readPidFile(cluster);
    if (file?.pid === child.pid && file?.status === "ready") {
      ending.removeEventListener("abort", endEarly);
      child.stderr?.destroy(); // from here on it writes to its own log
      const { started } = findProcess(file.pid) ?? { started: "" };
      return { pid: file.pid, started, port, child };
    }
    if (Date.now() > deadline) throw new LaunchProblem(`The database in ${cluster} does not finish its recovery.`);
  }
  if (/could not bind|could not create any TCP/.test(gone)) throw new PortTaken();
  const reasons = [...gone.matchAll(/(?:FATAL|PANIC): +((?!the database system is).*)/g)]; // but for what clients are told
  const reason = reasons.at(-1)?.[1] ?? gone.trim().split("\n").at(-1);
  const Problem = /shared memory block|lock file/.test(gone) ? StillBusy : LaunchProblem;
  throw new Problem(`The embedded database does not start: ${reason}. Its log is in ${join(cluster, "log")}.`);
}

/** Whether the server process still runs. */
export function isUp(server: Postmaster): boolean {
  return isRunning(server);
}

/** Stops the server: at once for its clients, and cleanly; without its last checkpoint when that takes too long. */
export async function stopPostmaster(server: Postmaster, hurry?: AbortSignal): Promise<void> {
  const began = Date.now();
  const signal = (name: NodeJS.Signals) => {
    if (isUp(server)) process.kill(server.pid, name);
  };
  signal("SIGINT");
  let immediate = false;
  while (isUp(server) && Date.now() - began < 40_000) {
    if (!immediate && Date.now() - began > (hurry?.aborted ? 1000 : 30_000)) {
      immediate = true;
      signal("SIGQUIT"); // committed data is safe; the next start recovers
    }
    await pause(10);
  }
}
