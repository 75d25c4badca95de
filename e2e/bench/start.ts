import { setTimeout as pause } from "node:timers/promises";
import { temporaryFolder } from "@/lib/launch/temporary";
import { residentBytes } from "@/lib/testing/memory";
import { report } from "./figures";
import { startProgram } from "./program";
import { median, time } from "./timing";

/** What a server may take in memory, in bytes: when nobody asks anything of it, and after all that the bench does with it. */
export const memoryBudget = { idle: 130 * 2 ** 20, after: 300 * 2 ** 20 };
const settledAfter = 3000; // in milliseconds: what is loaded beside the first requests is loaded

/**
 * The time from the command to "Ready", which is said once requests are answered, with the build there; and the memory of the
 * process that serves when it has settled. PostgreSQL's processes are counted apart: its cache is what it is given.
 */
async function timedStart(dataFolder: string): Promise<{ elapsed: number; memory: number }> {
  let program = { pid: 0, stop: async () => {} };
  const elapsed = await time(async () => {
    program = await startProgram({ DATA_DIR: dataFolder, DATABASE_URL: "", DEMO: "1" });
  });
  await pause(settledAfter);
  const memory = residentBytes(program.pid);
  await program.stop();
  return { elapsed, memory };
}

/** Start with a fresh data folder (a new cluster, every migration, the demo), and again with what that left. */
export async function benchStart(): Promise<void> {
  const fresh: number[] = [];
  const later: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const folder = temporaryFolder();
    fresh.push((await timedStart(folder.path)).elapsed);
    const again = await timedStart(folder.path);
    later.push(again.elapsed);
    memory.push(again.memory);
    folder.remove();
  }
  report({
    what: "start with a fresh data folder until ready, built",
    measured: median(fresh),
    unit: "s",
    atMost: 3000,
  });
  report({ what: "later start until ready", measured: median(later), unit: "s", atMost: 700 });
  report({ what: "memory of the server, idle", measured: median(memory), unit: "MiB", atMost: memoryBudget.idle });
}
