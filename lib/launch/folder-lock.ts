import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { errorCode, LaunchProblem } from "./problem";
import { findProcess, isRunning, type ProcessIdentity } from "./processes";

function readHolder(path: string): ProcessIdentity | undefined {
  try {
    const [pid = "", ...started] = readFileSync(path, "utf8").trim().split(" ");
    return { pid: Number(pid), started: started.join(" ") };
  } catch {
    return undefined;
  }
}

/** Removes the lock of a process that is gone; one remover at a time, so that none removes its successor's lock. */
function removeStale(path: string): void {
  const guard = `${path}.removing`;
  try {
    mkdirSync(guard);
  } catch {
    // a remover that was killed at work leaves its guard behind
    if (Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 5000) rmdirSync(guard);
    return;
  }
  const holder = readHolder(path);
  if (holder && !isRunning(holder)) rmSync(path, { force: true });
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
    writeFileSync(draft, `${self.pid} ${self.started}\n`);
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
          if (readHolder(path)?.pid === self.pid) rmSync(path, { force: true });
        };
      } catch (error) {
        if (errorCode(error) !== "EEXIST") throw error;
      }
      const holder = readHolder(path);
      if (holder && isRunning(holder)) {
        throw new LaunchProblem(
          `The data folder ${folder} is used by another running start (process ${holder.pid}); stop that one, or set DATA_DIR to another folder.`,
        );
      }
      removeStale(path);
      await pause(20);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}
