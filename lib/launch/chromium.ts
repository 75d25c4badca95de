import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { runNode } from "./child";
import { LaunchProblem } from "./problem";

/** The one without a window first: it is the same browser, and takes half as long. */
const programs = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macProgram = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** The browser for the tests: `CHROMIUM_PATH`, else an installed Chromium or Chrome, else Playwright's own. */
export function findChromium(): string | undefined {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (existsSync(wanted)) return wanted;
    throw new LaunchProblem(`CHROMIUM_PATH is "${wanted}", where there is nothing; set it to a Chromium or Chrome.`);
  }
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const installed = programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  return [...installed, macProgram, chromium.executablePath()].find((path) => existsSync(path));
}

function runs(program: string): boolean {
  return spawnSync(program, ["--version"]).status === 0;
}

/** Finds a Chromium, or installs Playwright's own, or, as root on Debian and its like, the system's package. */
export async function provideChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  await runNode(["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  const own = chromium.executablePath();
  if (existsSync(own) && runs(own)) return own;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
    spawnSync("apt-get", ["update"], options);
    const install = (name: string) => spawnSync("apt-get", ["install", "-y", "--no-install-recommends", name], options);
    if (install("chromium-headless-shell").status !== 0) install("chromium");
    const packaged = programs.map((program) => join("/usr/bin", program)).find((path) => existsSync(path));
    if (packaged) return packaged;
  }
  throw new LaunchProblem(
    "The browser tests need a Chromium, and none could be found or installed; install one, or set CHROMIUM_PATH to it.",
  );
}
