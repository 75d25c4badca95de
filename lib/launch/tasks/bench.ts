import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { migrate } from "@/prisma/migrate";
import { build } from "../build";
import { startEmbedded } from "../embedded/server";
import { LaunchProblem } from "../problem";
import { programOf } from "../programs.mjs";
import { onShutdown, runTask } from "../shutdown";
import { startTemporary } from "../temporary";

const script = "e2e/bench/bench.ts";

/**
 * `npm run bench`: measures on a database of its own, set as in production, and empty but for the migrations. With `-- --data FOLDER`
 * its data stays there, and the next run goes on with the codes it finds.
 */
export default function bench(args: string[]): Promise<void> {
  return runTask(async () => {
    if (!existsSync(script)) throw new LaunchProblem(`There is no ${script} to run.`);
    await build("");
    const { data } = parseArgs({ args, options: { data: { type: "string" } }, strict: false }).values;
    const database = typeof data === "string" ? await startEmbedded(resolve(data)) : await startTemporary();
    onShutdown((hurry) => database.stop(hurry));
    await migrate(database.url);
    const child = spawn(process.execPath, [programOf(script), ...args], {
      stdio: "inherit",
      env: { ...process.env, NODE_ENV: "production", DATABASE_URL: database.url, LOG_LEVEL: "warn", BASE_PATH: "" },
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
