import { spawn } from "node:child_process";
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
import { z } from "zod";
import { LaunchProblem } from "../problem";
import { say, since } from "../progress";
import { onShutdown } from "../shutdown";
import { type Account, accountFor, canUse, spawnOptions } from "./account";
import { type Binaries, findBinaries, reachableFolder } from "./binaries";

const keySchema = z.object({
  user: z.string(),
  password: z.string(),
  /** The port of the last start, taken again if it is free. */
  port: z.number(),
  /** Where the cluster is: in the data folder, or where its user can reach it. */
  cluster: z.string(),
});

/** How to reach the embedded database: a file of mode 0600 in the data folder. */
type DatabaseKey = z.infer<typeof keySchema>;

/** A cluster that exists and can be started. */
export type Cluster = { key: DatabaseKey; account: Account | undefined; binaries: Binaries };

function readKey(dataFolder: string): DatabaseKey | undefined {
  const path = join(dataFolder, "postgres.json");
  if (!existsSync(path)) return undefined;
  const { data } = keySchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!data) throw new LaunchProblem(`${path} is damaged; restore it, or set DATA_DIR to another folder.`);
  return data;
}

/** Remembers how to reach the database; readable by its owner only. */
export function writeKey(dataFolder: string, key: DatabaseKey): void {
  const path = join(dataFolder, "postgres.json");
  const draft = `${path}.new`;
  writeFileSync(draft, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

/** The folder of a new cluster: the data folder's own, unless PostgreSQL's user cannot enter that. */
function placeFor(dataFolder: string, account: Account | undefined): string {
  if (account) chmodSync(dataFolder, (statSync(dataFolder).mode & 0o777) | 0o011);
  if (canUse(account, dataFolder)) return join(dataFolder, "postgres");
  const digest = createHash("sha256").update(dataFolder).digest("hex").slice(0, 8);
  const place = join(reachableFolder, `${basename(dataFolder).replace(/^\.+/, "")}-${digest}`, "postgres");
  say("Database", `kept in ${place}, because PostgreSQL's user cannot enter ${dataFolder}`);
  return place;
}

// Which characters are letters, to the index that searches parts of texts, is the system's to say: the first of these that it has.
const letterLocales = ["C.UTF-8", "en_US.UTF-8", "UTF-8"];

/** Runs `initdb` for a new folder; gives what it complained of, if it failed. */
async function runInitdb(draft: string, { folder }: Binaries, account: Account | undefined, options: string[]) {
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  if (account) chownSync(draft, account.uid, account.gid);
  const child = spawn(join(folder, "initdb"), ["-D", draft, ...options], {
    ...spawnOptions(account),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const forget = onShutdown(() => child.kill());
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words += text;
  });
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code) => resolve(code === 0 ? undefined : words.trim()));
  });
  forget();
  return failure;
}

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
    failure = await runInitdb(draft, binaries, account, [...locale, `--lc-ctype=${letters}`, ...access]);
    if (!failure?.includes("invalid locale name")) break;
  }
  rmSync(passwordFile, { force: true });
  if (failure !== undefined) throw new LaunchProblem(`The database could not be created in ${place}: ${failure}`);
  renameSync(draft, place); // a cluster that is there is whole
}

function checkVersion(cluster: string, major: number): void {
  const found = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (found === String(major)) return;
  throw new LaunchProblem(
    `The database in ${cluster} was written by PostgreSQL ${found} and this version of Referrals brings PostgreSQL ${major}: start the version of Referrals that wrote it, or run PostgreSQL ${found} on that folder and set DATABASE_URL to it.`,
  );
}

/**
 * The cluster of a data folder, created when the folder has none.
 * @throws LaunchProblem when it was written by another major version or cannot be used.
 */
export async function prepareCluster(dataFolder: string): Promise<Cluster> {
  const known = readKey(dataFolder);
  const account = accountFor(known?.cluster ?? join(dataFolder, "postgres"));
  const binaries = findBinaries(account);
  if (known && existsSync(known.cluster)) {
    checkVersion(known.cluster, binaries.major);
    return { key: known, account, binaries };
  }
  const began = performance.now();
  const place = placeFor(dataFolder, account);
  if (existsSync(place)) {
    throw new LaunchProblem(
      `There is a database in ${place}, but ${join(dataFolder, "postgres.json")}, which holds its password, is missing; restore that file, or set DATA_DIR to another folder.`,
    );
  }
  mkdirSync(dirname(place), { recursive: true });
  if (account) chmodSync(dirname(place), 0o711);
  const key = { user: "referrals", password: randomBytes(24).toString("base64url"), port: 0, cluster: place };
  writeKey(dataFolder, key);
  await initialise(place, key.password, binaries, account);
  say("Database", `created in ${since(began)}`);
  return { key, account, binaries };
}
