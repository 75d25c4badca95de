import { spawn } from "node:child_process";
import { once } from "node:events";
import { readSettings } from "@/lib/env";
import { nextProgram } from "../build";
import { readyDatabase } from "../database";
import { onShutdown, runTask } from "../shutdown";

/** `npm run dev`: Next's development server on a database that is started, migrated and seeded like `npm start`'s. */
export default function dev(): Promise<void> {
  return runTask(async () => {
    const settings = readSettings(process.env);
    await readyDatabase(settings);
    const args = [nextProgram, "dev", "--port", String(settings.port), "--hostname", settings.host];
    const child = spawn(process.execPath, args, {
      stdio: "inherit",
      env: { ...process.env, LOG_LEVEL: settings.logLevel },
    });
    const ended = once(child, "exit");
    onShutdown(() => {
      child.kill();
      return ended;
    });
    const [code] = await ended;
    return code ?? 0;
  });
}
