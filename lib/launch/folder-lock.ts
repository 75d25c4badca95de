import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { errorCode, LaunchProblem } from "./problem";
import { findProcess, isRunning, type ProcessIdentity } from "./processes";

/** What tells a folder from another one, whatever paths lead to it; nothing where there is none, or it is not told. */
export function folderIdentity(folder: string | undefined): string | undefined {
  try {
    const { dev, ino } = statSync(folder ?? "", { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/** The process that a lock names, and the folder it was made in: a lock is copied with its folder, and holds only there. */
type Holder = ProcessIdentity & { folder: string | undefined };

function readHolder(folder: string): Holder | undefined {
  try {
    const [holder = "", place] = readFileSync(join(folder, "lock"), "utf8").trim().split("\n");
    const [pid = "", ...started] = holder.split(" ");
    return { pid: Number(pid), started: started.join(" "), folder: place };
  } catch {
    return undefined;
  }
}

function holds(holder: Holder, folder: string): boolean {
  return isRunning(holder) && (holder.folder === undefined || holder.folder === folderIdentity(folder));
}

/** The number of the running process that has this folder, if one has. */
export function holderOf(folder: string): number | undefined {
  const holder = readHolder(folder);
  return holder && holds(holder, folder) ? holder.pid : undefined;
}

/** Removes the lock of a process that is gone; one remover at a time, so that none removes its successor's lock. */
function removeStale(folder: string): void {
  const path = join(folder, "lock");
  const guard = `${path}.removing`;
  try {
    mkdirSync(guard);
  } catch {
    // a remover that was killed at work leaves its guard behind
    if (Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 5000) rmdirSync(guard);
    return;
  }
  const holder = readHolder(folder);
  if (holder && !holds(holder, folder)) rmSync(path, { force: true });
  rmdirSync(guard);
}

/**
 * Takes a folder for this process, until the returned function is called or the process is gone, however it went.
 * @throws LaunchProblem when another running process has it.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const path = join(folder, "lock");
  const self = findProcess(process.pid) ?? { pid: process.pid, started: "" };
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, `${self.pid} ${self.started}\n${folderIdentity(folder)}\n`);
  } catch (error) {
    throw new LaunchProblem(
      `The data folder ${folder} cannot be written (${errorCode(error)}); set DATA_DIR to a folder you may write to.`,
    );
  }
  try {
    for (;;) {
      try {
        linkSync(draft, path); // appears whole or not at all
        return () => {
          if (readHolder(folder)?.pid === self.pid) rmSync(path, { force: true });
        };
      } catch (error) {
        if (errorCode(error) !== "EEXIST") throw error;
      }
      const holder = holderOf(folder);
      if (holder !== undefined) {
        throw new LaunchProblem(
          `The data folder ${folder} is used by another running start (process ${holder}); stop that one, or set DATA_DIR to another folder.`,
        );
      }
      removeStale(folder);
      await pause(20);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}
