import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { LaunchProblem } from "../problem";

/** The system user PostgreSQL runs as when it is not the one of this process: it refuses to be root. */
export type Account = { uid: number; gid: number };

function numberOf(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
}

function postgresUser(): Account {
  try {
    return { uid: numberOf("-u"), gid: numberOf("-g") };
  } catch {
    const created = spawnSync("useradd", ["--system", "--user-group", "--shell", "/usr/sbin/nologin", "postgres"]);
    if (created.status !== 0) {
      throw new LaunchProblem(
        'PostgreSQL does not run as root and the system user "postgres" could not be made; start as another user, make that one, or set DATABASE_URL.',
      );
    }
    return { uid: numberOf("-u"), gid: numberOf("-g") };
  }
}

/**
 * Who PostgreSQL runs as: this process's own user (nothing returned), or, when that is root, the owner of the existing
 * cluster, or the system user `postgres`, which is made if need be.
 */
export function accountFor(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : postgresUser();
}

/** How PostgreSQL's programs are spawned: as that user, in English, and without our own environment. */
export function spawnOptions(account: Account | undefined) {
  return { ...account, cwd: "/", env: { PATH: process.env.PATH, LC_ALL: "C", NODE_ENV: process.env.NODE_ENV } };
}

/** Whether that user can enter a folder or run a program; asked of the system, since every folder above counts too. */
export function canUse(account: Account | undefined, path: string): boolean {
  return !account || spawnSync("/bin/sh", ["-c", 'test -x "$0"', path], spawnOptions(account)).status === 0;
}
