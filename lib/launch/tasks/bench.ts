import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { migrate } from "@/prisma/migrate";
import { build } from "../build";
import { LaunchProblem } from "../problem";
import { programOf } from "../programs.mjs";
import { onShutdown, runTask } from "../shutdown";
import { startTemporary } from "../temporary";

const script = "e2e/bench/bench.ts";

/** `npm run bench`: measures on a database of its own, set as in production, and empty but for the migrations. */
export default function bench(args: string[]): Promise<void> {
  return runTask(async () => {
    if (!existsSync(script)) throw new LaunchProblem(`There is no ${script} to run.`);
    await build();
    const database = await startTemporary();
    onShutdown((hurry) => database.stop(hurry));
    await migrate(database.url);
    const child = spawn(process.execPath, [programOf(script), ...args], {
      stdio: "inherit",
      env: { ...process.env, NODE_ENV: "production", DATABASE_URL: database.url, LOG_LEVEL: "warn" },
    });
    const ended = once(child, "exit");
    onShutdown(() => {
      child.kill();
      return ended;
    });
    const [code] = await ended;
    return code ?? 1;
  });
}
