import { readSettings } from "@/lib/env";
import { build } from "../build";
import { readyDatabase } from "../database";
import { since } from "../progress";
import { claimAddress, loadApplication, surviveFaults } from "../serve";
import { runTask } from "../shutdown";

/** `npm start`: everything between a fresh clone and a served application; each step only if it is not current. */
export default function start(): Promise<void> {
  return runTask(async () => {
    console.log("Referrals");
    const settings = readSettings(process.env);
    Object.assign(process.env, { NODE_ENV: "production", LOG_LEVEL: settings.logLevel });
    const door = await claimAddress(settings);
    await build();
    await readyDatabase(settings);
    door.open(await loadApplication(settings));
    surviveFaults();
    console.log(`Ready on ${door.address} after ${since(0)}. Ctrl+C stops it.`);
    return undefined;
  });
}
