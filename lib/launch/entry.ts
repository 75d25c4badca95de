import { spawn } from "node:child_process";
import type { Settings } from "@/lib/env";
import { isLoopback } from "@/lib/loopback";
import { runNode } from "./child";
import { someoneHasPassword } from "./database";
import { programOf } from "./programs.mjs";
import { say } from "./progress";

const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
  linux: ["xdg-open"],
};

/** Whether somebody sits before this terminal who has a browser. */
function hasBrowser(): boolean {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || !process.stdout.isTTY) return false;
  return process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

function openBrowser(url: string): void {
  const [program, ...args] = openers[process.platform] ?? [];
  if (!program || !hasBrowser()) return;
  const child = spawn(program, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined); // there is none; the link is printed
  child.unref();
}

/**
 * While nobody can sign in by a password: makes a link that lets one in once, prints it and, where there is a browser, opens it there. It
 * leads into the demo where that is reached from this machine alone; else it makes the first administrator.
 */
export async function offerEntry({ demo, host }: Settings, address: string): Promise<void> {
  if (await someoneHasPassword()) return;
  const kind = demo && isLoopback(host) ? "demo" : "setup";
  const { code, output } = await runNode([programOf("lib/launch/steps/link.ts"), kind]);
  const path = output.trim().split("\n").at(-1) ?? "";
  if (code !== 0) return say("Sign in", `no link could be made: ${output.trim()}`);
  say("Sign in", `${address}${path}`);
  say("", "This link lets one in once, within 24 hours.");
  openBrowser(address + path);
}
