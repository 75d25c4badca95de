import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedDatabase, startEmbedded } from "./embedded/server";

/** Makes an empty folder outside the checkout that every system user can enter, as PostgreSQL's must. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "referrals-"));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

// Waits for the end of its input, which comes with the end of this process, however that went.
const cleanUp = `read -r _
file="$0/postgres/postmaster.pid"
[ -e "$file" ] && kill -QUIT "$(head -n 1 "$file")"
tries=0
while [ -e "$file" ] && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
rm -rf "$0"`;

/** Starts a database that goes, data and all, when it stops or this process is gone. @param extra parameters */
export async function startTemporary(extra: Record<string, string> = {}): Promise<EmbeddedDatabase> {
  const folder = temporaryFolder();
  const cleaner = spawn("/bin/sh", ["-c", cleanUp, folder.path], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  cleaner.stdin.on("error", () => undefined);
  try {
    const database = await startEmbedded(folder.path, extra);
    return {
      ...database,
      async stop(hurry) {
        await database.stop(hurry);
        cleaner.stdin.end();
        folder.remove();
      },
    };
  } catch (error) {
    cleaner.stdin.end();
    throw error;
  }
}
