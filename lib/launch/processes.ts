import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What tells a running process from a later one with the same number. */
export type ProcessIdentity = { pid: number; started: string };

/**
 * The process with this number, or nothing when there is none or only its unburied remains.
 * The start time stands in for an identity, because numbers are given again.
 */
export function findProcess(pid: number): ProcessIdentity | undefined {
  try {
    if (process.platform === "linux") {
      // pid (command) state … with the start, in ticks since boot, as the 22nd field; the command may hold anything
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (fields[0] === "Z" || fields[0] === "X") return undefined;
      const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
      return { pid, started: `${boot}:${fields[19]}` };
    }
    const [state = "", ...started] = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
      stdio: ["ignore", "pipe", "ignore"],
    })
      .trim()
      .split(/\s+/);
    return state.startsWith("Z") ? undefined : { pid, started: started.join(" ") };
  } catch {
    return undefined;
  }
}

/** Whether exactly this process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return findProcess(identity.pid)?.started === identity.started;
}

/** The name of a process's program, such as `postgres`; empty when there is no such process. */
export function programName(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
    const path = execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return path.slice(path.lastIndexOf("/") + 1);
  } catch {
    return "";
  }
}

/** The folder that a process works in, as a path to it; nothing where the system does not tell. */
export function workingFolder(pid: number): string | undefined {
  return process.platform === "linux" ? `/proc/${pid}/cwd` : undefined;
}
