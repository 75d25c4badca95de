import type { RequestListener } from "node:http";
import { readSettings, type Settings } from "@/lib/env";
import { build } from "../build";
import { readyDatabase } from "../database";
import { offerEntry } from "../entry";
import { saveMemory } from "../memory";
import { since } from "../progress";
import { claimAddress, loadApplication, surviveFaults } from "../serve";
import { runTask } from "../shutdown";

/** The application on its database: it loads while that starts, once nothing speaks against the start. */
function readyApplication(settings: Settings): Promise<RequestListener> {
  return new Promise((resolve, reject) => {
    const database = readyDatabase(settings, { meanwhile: () => resolve(loadApplication(settings, database)) });
    database.catch(reject);
  });
}

/** Measures the application; what does so is loaded only where it is wanted. */
async function withMetrics(application: RequestListener, port: number): Promise<RequestListener> {
  const { measured, openMetrics } = await import("../metrics");
  await openMetrics(port);
  return measured(application);
}

/** `npm start`: everything between a fresh clone and a served application; each step only if it is not current. */
export default function start(): Promise<void> {
  return runTask(async () => {
    saveMemory();
    console.log("Referrals");
    const settings = readSettings(process.env);
    Object.assign(process.env, { NODE_ENV: "production", LOG_LEVEL: settings.logLevel, BASE_PATH: settings.basePath });
    const door = await claimAddress(settings);
    await build();
    const application = await readyApplication(settings);
    door.open(settings.metricsPort === undefined ? application : await withMetrics(application, settings.metricsPort));
    surviveFaults();
    console.log(`Ready on ${door.address} after ${since(0)}. Ctrl+C stops it.`);
    await offerEntry(settings, door.address);
    return undefined;
  }, 0);
}
