import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { basePath } from "@/lib/base-path";
import { buildFolder } from "./build-folder.mjs";
import { runStep } from "./child";
import { say, since } from "./progress";

export const nextProgram = "node_modules/next/dist/bin/next";

const sourceFolders = ["app", "components", "lib", "prisma", "public"];
const notBuilt = /^lib\/(generated|launch|testing)\/|\.test\.tsx?$|\.sql$/;
const rootSources = /^(package-lock\.json|tsconfig\.json|(instrumentation|proxy)\.ts|(next|postcss)\.config\.js)$/;

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A fingerprint of files by name and content, and of the base path that they are built for. */
function digest(paths: string[], base: string): string {
  const hash = createHash("sha256").update(base).update("\0");
  for (const path of paths.sort()) hash.update(path).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

function isRecorded(record: string, fingerprint: string): boolean {
  return existsSync(record) && readFileSync(record, "utf8") === fingerprint;
}

/** Builds the application for a base path unless the last build for it was of these sources. */
export async function build(base = basePath): Promise<void> {
  const buildRecord = join(buildFolder(base), "sources");
  const root = readdirSync(".").filter((name) => rootSources.test(name));
  const fingerprint = digest(
    [...sourceFolders.flatMap(filesBelow).filter((path) => !notBuilt.test(path)), ...root],
    base,
  );
  if (isRecorded(buildRecord, fingerprint)) return;
  say("Build", "building …");
  const began = performance.now();
  rmSync(buildRecord, { force: true });
  await runStep("Building the application", [nextProgram, "build"], {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    BASE_PATH: base,
  });
  writeFileSync(buildRecord, fingerprint);
  say("Build", `built in ${since(began)}`);
}
