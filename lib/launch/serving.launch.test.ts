import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ready, startProgram } from "@/lib/testing/program";
import { administrator, signIn } from "@/lib/testing/sign-in";
import { temporaryFolder } from "./temporary";

/** What Node says that a process has loaded, once it has ended: the addresses of scripts, of modules of either kind. */
function loadedScripts(coverage: string, pid: number): string[] {
  return readdirSync(coverage)
    .filter((name) => name.startsWith(`coverage-${pid}-`))
    .flatMap((name) => JSON.parse(readFileSync(join(coverage, name), "utf8")).result)
    .map(({ url }) => url);
}

const pages = ["", "/campaigns", "/campaigns/1/referrals", "/campaigns/1/referrals/new", "/campaigns/1/operations"];

test("what serves is JavaScript: no compiler, migration engine or demo is in its process or beside it", async () => {
  const folder = temporaryFolder();
  const coverage = join(folder.path, "coverage");
  const { child, ended, address } = await ready(
    await startProgram(folder.path, { ...administrator, DEMO: "1", NODE_V8_COVERAGE: coverage }),
  );
  const headers = { cookie: await signIn(address) };
  for (const page of pages)
    expect((await fetch(`${address}/applications/1${page}`, { headers, redirect: "manual" })).status).toBeLessThan(400);
  const processes = execFileSync("ps", ["-A", "-o", "ppid=,args="], { encoding: "utf8" }).split("\n");
  const beside = processes.filter((line) => Number.parseInt(line, 10) === child.pid);
  expect(beside.map((line) => line.replace(/^\s*\d+\s+/, ""))).toEqual([expect.stringMatching(/\/postgres /)]);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  const scripts = loadedScripts(coverage, child.pid ?? 0);
  expect(scripts.some((url) => url.includes("/next/dist/server/next-server.js"))).toBe(true);
  const unwanted =
    /node_modules\/(esbuild|tsx|prom-client|typescript|prisma|@next\/swc|@prisma\/schema-engine)|programs\/lib\/launch\/steps|\.tsx?$/;
  expect(scripts.filter((url) => unwanted.test(url))).toEqual([]);
  folder.remove();
});
