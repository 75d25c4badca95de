import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Refusal } from "./install.mjs";

const record = "lib/generated/prisma/sources";

/**
 * Generates the Prisma client unless it is of this schema and these packages.
 * Prisma would fetch an engine that generating does not use; any executable in its place spares the download.
 * @throws {Refusal} when the schema is wrong
 */
export function generateClient() {
  const hash = createHash("sha256");
  for (const path of ["package-lock.json", "prisma/schema.prisma"]) hash.update(readFileSync(path)).update("\0");
  const fingerprint = hash.digest("hex");
  if (existsSync(record) && readFileSync(record, "utf8") === fingerprint) return;
  const began = Date.now();
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/prisma/build/index.js", "generate", "--no-hints"],
    {
      encoding: "utf8",
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
    },
  );
  if (signal) process.exit(130);
  if (status !== 0)
    throw new Refusal(`${stdout}${stderr}`.trim().concat("\nThe database client could not be generated."));
  writeFileSync(record, fingerprint);
  console.log(`  Client      generated in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
