import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { programOf } from "@/lib/launch/programs.mjs";

const started: ChildProcess[] = [];

/** Starts a process of its own that works on the test's database, to be killed at any moment; resolves when it works. */
export async function startWorkerProcess(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [programOf("lib/testing/worker-process.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(worker);
  await once(worker.stdout, "data");
  return worker;
}

/** Kills whatever a test has left, as `afterEach`. */
export function killWorkerProcesses(): void {
  for (const worker of started.splice(0)) worker.kill("SIGKILL");
}
