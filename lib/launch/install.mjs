import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** What the operator has to mend before anything can run; its message is one sentence. */
export class Refusal extends Error {}

/**
 * Whether what npm last installed is what the lockfile asks for; optional packages of other platforms may be absent.
 * @param {string} root
 */
function isCurrent(root) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  /** @type {Record<string, { version?: string, integrity?: string, optional?: boolean }>} */
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === "") return true;
    const found = installed[path];
    return found ? found.version === version && found.integrity === integrity : optional === true;
  });
}

/**
 * Installs the packages of the lockfile unless they are there already.
 * Packages run no scripts: the one that matters, PostgreSQL's links, is made by lib/launch/embedded/binaries.ts.
 * @param {string} root the checkout
 * @throws {Refusal} when npm cannot
 */
export function install(root) {
  if (isCurrent(root)) return;
  console.log("  Packages    installing …");
  const began = Date.now();
  const npmScript = process.env.npm_execpath ?? "";
  const [command, ...before] = basename(npmScript).startsWith("npm") ? [process.execPath, npmScript] : ["npm"];
  const flags = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status, signal } = spawnSync(command, [...before, ...flags], { cwd: root, stdio: "inherit" });
  if (signal) process.exit(130);
  if (status !== 0) throw new Refusal("The packages could not be installed; mend what npm says above and start again.");
  console.log(`  Packages    installed in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
