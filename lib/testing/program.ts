import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@/lib/launch/free-port";
import { startArguments } from "./start-command";

/** A start of Referrals in a process of its own, and how it ended: by a code or a signal. */
export type Start = { child: ChildProcess; address: string; printed(): string; ended: Promise<number | string> };

/** Starts `npm start` without npm, in a process group of its own. @param dataFolder where its database is */
export async function startProgram(dataFolder: string, settings: Record<string, string> = {}): Promise<Start> {
  const port = settings.PORT ?? String(await freePort());
  const { DATABASE_URL: _, BASE_PATH: __, ...environment } = process.env;
  const child = spawn(process.execPath, startArguments, {
    env: { ...environment, DATA_DIR: dataFolder, DEMO: "0", LOG_LEVEL: "info", ...settings, PORT: port },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  const ended = once(child, "close").then(([code, signal]) => code ?? signal);
  return { child, address: `http://127.0.0.1:${port}${settings.BASE_PATH ?? ""}`, printed: () => printed, ended };
}

/** The address of the embedded database that runs in a data folder. */
export function embeddedUrl(dataFolder: string): string {
  const { user, password, port } = JSON.parse(readFileSync(join(dataFolder, "postgres.json"), "utf8"));
  return `postgresql://${user}:${password}@127.0.0.1:${port}/referrals`;
}

/** The number of the server process of the embedded database in a data folder; 0 while it has none. */
export function postmasterOf(dataFolder: string): number {
  const file = join(dataFolder, "postgres", "postmaster.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : 0;
}

/** The status of `GET /readyz`; 0 while nothing listens. */
export async function readyStatus(address: string): Promise<number> {
  return fetch(`${address}/readyz`).then(
    (response) => response.status,
    () => 0,
  );
}

/** Waits for a condition; the test's own time limit is the bound. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await pause(20);
}

/** Waits until requests are served. @throws with what it printed when it ends before */
export async function ready(started: Start): Promise<Start> {
  let over = false;
  void started.ended.then(() => {
    over = true;
  });
  await until(async () => {
    if (over) throw new Error(`ended before it was ready:\n${started.printed()}`);
    return (await readyStatus(started.address)) === 200;
  });
  return started;
}
