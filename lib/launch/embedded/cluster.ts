import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { LaunchProblem } from "../problem";
import { say, since } from "../progress";
import { type Account, accountFor, canUse } from "./account";
import { type Binaries, findBinaries, reachableFolder } from "./binaries";
import { type DatabaseKey, keyPath, readKey, writeKey } from "./key";
import { findPostmaster, stopPostmaster } from "./postmaster";
import { runProgram } from "./program";

/** A cluster that exists and can be started; `folder` is where it is, whatever the key remembers. */
export type Cluster = { folder: string; key: DatabaseKey; account: Account | undefined; binaries: Binaries };

/** Where the cluster of a data folder is when PostgreSQL's user cannot enter that. */
function reachablePlace(dataFolder: string): string {
  const digest = createHash("sha256").update(dataFolder).digest("hex").slice(0, 8);
  return join(reachableFolder, `${basename(dataFolder).replace(/^\.+/, "")}-${digest}`, "postgres");
}

function letPass(folder: string): void {
  chmodSync(folder, (statSync(folder).mode & 0o777) | 0o011);
}

/** The folder of a new cluster: the data folder's own, unless PostgreSQL's user cannot enter that. */
function placeFor(dataFolder: string, account: Account | undefined): string {
  if (account) letPass(dataFolder);
  return canUse(account, dataFolder) ? join(dataFolder, "postgres") : reachablePlace(dataFolder);
}

// Which characters are letters, to the index that searches parts of texts, is the system's to say: the first of these that it has.
const letterLocales = ["C.UTF-8", "en_US.UTF-8", "UTF-8"];

async function initialise(place: string, password: string, binaries: Binaries, account?: Account): Promise<void> {
  const draft = `${place}.new`;
  const passwordFile = `${place}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  // The builtin locale sorts and folds the same on every system, whichever locales that has.
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = ["--username=referrals", `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  let failure: string | undefined;
  for (const letters of [...letterLocales, "C"]) {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    if (account) chownSync(draft, account.uid, account.gid);
    const options = ["-D", draft, ...locale, `--lc-ctype=${letters}`, ...access];
    failure = await runProgram(join(binaries.folder, "initdb"), options, account);
    if (!failure?.includes("invalid locale name")) break;
  }
  rmSync(passwordFile, { force: true });
  if (failure !== undefined) throw new LaunchProblem(`The database could not be created in ${place}: ${failure}`);
  renameSync(draft, place); // a cluster that is there is whole
}

function checkVersion(cluster: string, major: number): void {
  const path = join(cluster, "PG_VERSION");
  const found = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
  if (found === String(major)) return;
  throw new LaunchProblem(
    /^\d+$/.test(found)
      ? `The database in ${cluster} was written by PostgreSQL ${found} and this version of Referrals brings PostgreSQL ${major}: start the version of Referrals that wrote it, or run PostgreSQL ${found} on that folder and set DATABASE_URL to it.`
      : `The database in ${cluster} is not whole: its file PG_VERSION is missing or damaged; restore that folder, or set DATA_DIR to another one.`,
  );
}

/** Gives the database a new password where the file that held it was lost; who owns the folder may do so. */
async function renewKey(dataFolder: string, cluster: Omit<Cluster, "key">): Promise<DatabaseKey> {
  const { folder, account, binaries } = cluster;
  const left = await findPostmaster(folder);
  if (left) await stopPostmaster(left);
  const key = newKey(folder);
  const options = ["--single", "-j", "-D", folder, "-c", "exit_on_error=on", "postgres"];
  const statement = `ALTER ROLE ${key.user} PASSWORD '${key.password}';\n\n`;
  const failure = await runProgram(join(binaries.folder, "postgres"), options, account, statement);
  if (failure !== undefined) {
    throw new LaunchProblem(
      `${keyPath(dataFolder)}, which holds the password of the database, is missing or damaged, and no new one could be set: ${failure}`,
    );
  }
  writeKey(dataFolder, key);
  say("Database", `given a new password, because ${keyPath(dataFolder)} was missing or damaged`);
  return key;
}

/** Lets PostgreSQL's user at a cluster that root copied, without its owner and within its own reach only. */
function handOver(cluster: string, { uid, gid }: Account): void {
  letPass(dirname(cluster));
  if (statSync(cluster).uid !== uid) execFileSync("chown", ["-hR", `${uid}:${gid}`, cluster]);
}

function newKey(cluster: string): DatabaseKey {
  return { user: "referrals", password: randomBytes(24).toString("base64url"), port: 0, cluster };
}

/**
 * Where the cluster of a data folder is; nothing when it has none. A copy of a data folder still remembers the place of
 * the original's, which is not its own.
 */
export function findCluster(dataFolder: string): string | undefined {
  return [join(dataFolder, "postgres"), reachablePlace(dataFolder)].find((place) => existsSync(place));
}

/**
 * The cluster of a data folder, created when the folder has none.
 * @throws LaunchProblem when it was written by another major version or cannot be used.
 */
export async function prepareCluster(dataFolder: string): Promise<Cluster> {
  const known = readKey(dataFolder);
  const found = findCluster(dataFolder);
  const account = accountFor(found ?? join(dataFolder, "postgres"));
  const binaries = findBinaries(account);
  if (found !== undefined) {
    checkVersion(found, binaries.major);
    if (account) handOver(found, account);
    const cluster = { folder: found, account, binaries };
    return { ...cluster, key: known ? { ...known, cluster: found } : await renewKey(dataFolder, cluster) };
  }
  const began = performance.now();
  const folder = placeFor(dataFolder, account);
  if (known && existsSync(known.cluster)) {
    throw new LaunchProblem(
      `The data folder ${dataFolder} was copied or moved without its database, which is in ${known.cluster}; copy or move that to ${folder} while nothing runs on it, or set DATA_DIR to the folder it belongs to.`,
    );
  }
  if (dirname(folder) !== dataFolder) {
    say("Database", `kept in ${folder}, because PostgreSQL's user cannot enter ${dataFolder}`);
  }
  mkdirSync(dirname(folder), { recursive: true });
  if (account) letPass(dirname(folder));
  const key = newKey(folder);
  writeKey(dataFolder, key);
  await initialise(folder, key.password, binaries, account);
  say("Database", `created in ${since(began)}`);
  return { folder, key, account, binaries };
}
