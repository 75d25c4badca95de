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

/** Starts a database that goes, data and all, when it stops. @param extra configuration parameters */
export async function startTemporary(extra: Record<string, string> = {}): Promise<EmbeddedDatabase> {
  const folder = temporaryFolder();
  const database = await startEmbedded(folder.path, extra).catch((error) => {
    folder.remove();
    throw error;
  });
  return {
    ...database,
    async stop(hurry) {
      await database.stop(hurry);
      folder.remove();
    },
  };
}
