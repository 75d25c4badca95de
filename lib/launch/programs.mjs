// The project's programs as JavaScript: what serves has no compiler in it or beside it. Plain JavaScript itself, because it
// runs before there is any.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./install.mjs";

/** The folder that programs are compiled into. */
export const programsFolder = "lib/generated/programs";
/** What the programs were compiled of: every source by path, with the digest of its content. */
export const programsRecord = join(programsFolder, "sources.json");

const folders = ["lib/launch/tasks", "lib/launch/steps"];
const files = ["e2e/bench/bench.ts", "lib/testing/worker-process.ts"];

/** The TypeScript of every program: tasks of `npm run`, steps that have a process of their own, what tests start. */
export function programSources() {
  const inFolders = folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`));
  return [...inFolders, ...files.filter((path) => existsSync(path))].sort();
}

/**
 * Where the JavaScript of a program is.
 * @param {string} source its path, such as `lib/launch/steps/migrate.ts`
 */
export function programOf(source) {
  return join(programsFolder, source.replace(/\.ts$/, ".js"));
}

/** @param {string} path */
export function contentDigest(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** Whether the programs are those of the sources as they are now. */
function areCurrent() {
  if (!existsSync(programsRecord)) return false;
  /** @type {{ programs: string[], sources: Record<string, string> }} */
  const { programs, sources } = JSON.parse(readFileSync(programsRecord, "utf8"));
  return (
    programs.join() === programSources().join() &&
    Object.entries(sources).every(([path, digest]) => existsSync(path) && contentDigest(path) === digest)
  );
}

/**
 * Compiles the programs unless they are current, in a process of its own, with which the compiler goes.
 * @throws {Refusal} when their source is wrong
 */
export function providePrograms() {
  if (areCurrent()) return;
  const began = Date.now();
  const { status, signal, stderr } = spawnSync(process.execPath, ["lib/launch/compile.mjs"], { encoding: "utf8" });
  if (signal) process.exit(130);
  if (status !== 0) throw new Refusal(`${stderr.trim()}\nThe programs of Referrals could not be compiled.`);
  console.log(`  Programs    compiled in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
