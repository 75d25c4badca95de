import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { LaunchProblem } from "./problem";

// npm starts its scripts in the project's folder, and says in which one it was called.
const called = (path: string) => resolve(process.env.INIT_CWD ?? ".", path);

function oneFile(args: string[], use: string): string | undefined {
  if (args.length > 1 || args[0]?.startsWith("-"))
    throw new LaunchProblem(`“${args.join(" ")}” is not the name of one file. It is used so: ${use}`);
  return args[0];
}

/**
 * The file that a backup is written to: the one that is named, or one named by the time, where `npm run` was called.
 * @throws LaunchProblem where it cannot be made, or is there: no backup is written over
 */
export function newBackupFile(args: string[], now = new Date()): string {
  const named = oneFile(args, "npm run backup -- referrals.tar.gz");
  const path = called(named ?? `referrals-${now.toISOString().slice(0, 19).replaceAll(":", "")}Z.tar.gz`);
  if (existsSync(path)) throw new LaunchProblem(`The file ${path} is there already; name another one.`);
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory())
    throw new LaunchProblem(`There is no folder ${dirname(path)}; make it, or name a file in another one.`);
  return path;
}

/** The file that is restored. @throws LaunchProblem where none is named or there is none */
export function backupFile(args: string[]): string {
  const named = oneFile(args, "npm run restore -- referrals.tar.gz");
  if (named === undefined)
    throw new LaunchProblem("Name the file that is to be restored: npm run restore -- referrals.tar.gz");
  const path = called(named);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new LaunchProblem(`There is no file ${path}.`);
  return path;
}
