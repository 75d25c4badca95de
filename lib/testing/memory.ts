import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The resident memory of a process, in bytes. */
export function residentBytes(pid: number): number {
  const kilobytes =
    process.platform === "linux"
      ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
      : execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" });
  return Number(kilobytes) * 1024;
}

/** Runs something, and tells how much memory a process had at most meanwhile, and how much more than before, in bytes. */
export async function watchMemory<T>(
  pid: number,
  run: () => Promise<T>,
): Promise<{ result: T; peak: number; growth: number }> {
  const before = residentBytes(pid);
  let peak = before;
  const look = () => {
    peak = Math.max(peak, residentBytes(pid));
  };
  const looking = setInterval(look, 20);
  try {
    const result = await run();
    look();
    return { result, peak, growth: peak - before };
  } finally {
    clearInterval(looking);
  }
}
