import { statfs } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { databaseReady } from "@/lib/database-ready";
import { pool } from "@/lib/db";
import { log } from "@/lib/log";
import { isCurrent, readHistory } from "@/prisma/history";

/** How long the database may take to answer, in milliseconds. */
const patience = 500;

/** What has to be free of the disk: this share of it, or, of a large one, so many bytes, with which a database goes on for long. */
const usualRoom = { share: 0.05, bytes: 2e9 };

/** Whether requests can be served: the database answers in time, has every migration of this version, and its disk has room. */
type Readiness =
  | "ready"
  | "the database does not answer"
  | "the database lacks migrations"
  | "the disk of the database is nearly full";

/** Whether the embedded database's disk has room. Who brings another database watches over its disk. */
async function hasRoom({ share, bytes }: typeof usualRoom): Promise<boolean> {
  const folder = databaseReady.referralsDatabaseFolder;
  if (folder === undefined) return true;
  const { bavail, blocks, bsize } = await statfs(folder);
  return bavail > share * blocks || bavail * bsize > bytes;
}

async function askDatabase(room: typeof usualRoom): Promise<Readiness> {
  try {
    if (!isCurrent(await readHistory(pool))) return "the database lacks migrations";
    return (await hasRoom(room)) ? "ready" : "the disk of the database is nearly full";
  } catch (error) {
    log.warn({ err: error }, "not ready: the database does not answer");
    return "the database does not answer";
  }
}

/** Asks the database, for at most half a second. Never throws. */
export async function readiness(room = usualRoom): Promise<Readiness> {
  const timer = new AbortController();
  const late = pause(patience, "the database does not answer" as const, { signal: timer.signal });
  late.catch(() => undefined); // the answer came first
  const state = await Promise.race([askDatabase(room), late]);
  timer.abort();
  return state;
}
