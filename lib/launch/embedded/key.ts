import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { errorCode, LaunchProblem } from "../problem";

const keySchema = z.object({
  user: z.string(),
  password: z.string(),
  /** The port of the last start, taken again if it is free. */
  port: z.number(),
  /** Where the cluster was made: in the data folder, or where its user can reach it. */
  cluster: z.string(),
});

/** How to reach the embedded database: a file of mode 0600 in the data folder. */
export type DatabaseKey = z.infer<typeof keySchema>;

/** Where a data folder keeps its key. */
export const keyPath = (dataFolder: string) => join(dataFolder, "postgres.json");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The key of a data folder; nothing when there is none, or one that is damaged. */
export function readKey(dataFolder: string): DatabaseKey | undefined {
  const path = keyPath(dataFolder);
  try {
    return keySchema.safeParse(parsed(readFileSync(path, "utf8"))).data;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new LaunchProblem(`${path} cannot be read (${errorCode(error)}); make it a file that this user may read.`);
  }
}

function flush(path: string): void {
  const file = openSync(path, "r");
  fsyncSync(file);
  closeSync(file);
}

/** Remembers how to reach the database; readable by its owner only, and whole even after a power cut. */
export function writeKey(dataFolder: string, key: DatabaseKey): void {
  const draft = `${keyPath(dataFolder)}.new`;
  writeFileSync(draft, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600 });
  flush(draft);
  renameSync(draft, keyPath(dataFolder));
  flush(dirname(draft));
}
