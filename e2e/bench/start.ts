import { temporaryFolder } from "@/lib/launch/temporary";
import { report } from "./figures";
import { startProgram } from "./program";
import { median, time } from "./timing";

/** The time from the command to "Ready", which is said once requests are answered; the build is there. */
async function timedStart(dataFolder: string): Promise<number> {
  let stop = async () => {};
  const elapsed = await time(async () => {
    ({ stop } = await startProgram({ DATA_DIR: dataFolder, DATABASE_URL: "", DEMO: "1" }));
  });
  await stop();
  return elapsed;
}

/** Start with a fresh data folder (a new cluster, every migration, the demo), and again with what that left. */
export async function benchStart(): Promise<void> {
  const fresh: number[] = [];
  const later: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const folder = temporaryFolder();
    fresh.push(await timedStart(folder.path));
    later.push(await timedStart(folder.path));
    folder.remove();
  }
  report({
    what: "start with a fresh data folder until ready, built",
    measured: median(fresh),
    unit: "s",
    atMost: 6000,
  });
  report({ what: "later start until ready", measured: median(later), unit: "s", atMost: 3000 });
}
