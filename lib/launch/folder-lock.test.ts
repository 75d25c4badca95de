import { copyFileSync, existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { holderOf, lockFolder } from "./folder-lock";
import { findProcess, isRunning } from "./processes";
import { temporaryFolder } from "./temporary";

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

test("a folder is one process's at a time", async () => {
  const unlock = await lockFolder(folder.path);
  await expect(lockFolder(folder.path)).rejects.toThrow(
    `The data folder ${folder.path} is used by another running start (process ${process.pid})`,
  );
  unlock();
  (await lockFolder(folder.path))();
  expect(existsSync(join(folder.path, "lock"))).toBe(false);
});

test("of several that come at once for the lock of a process that is gone, one gets it", async () => {
  writeFileSync(join(folder.path, "lock"), "999999999 long ago\n");
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(folder.path)));
  const unlocks = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  expect(unlocks).toHaveLength(1);
  for (const unlock of unlocks) unlock();
});

test("a lock whose process number was given to another process is nobody's", async () => {
  writeFileSync(join(folder.path, "lock"), `${process.pid} at another time\n`);
  (await lockFolder(folder.path))();
});

test("a remover that was killed at work does not keep others out", async () => {
  const guard = join(folder.path, "lock.removing");
  writeFileSync(join(folder.path, "lock"), "999999999 long ago\n");
  mkdirSync(guard);
  utimesSync(guard, 1, 1);
  (await lockFolder(folder.path))();
});

test("a process is known by its number and its start", () => {
  const self = findProcess(process.pid);
  expect(self && isRunning(self)).toBe(true);
  expect(isRunning({ pid: process.pid, started: "at another time" })).toBe(false);
  expect(findProcess(999_999_999)).toBeUndefined();
});

test("a lock that was copied with its folder does not hold there", async () => {
  const unlock = await lockFolder(folder.path);
  const copy = join(folder.path, "copy");
  mkdirSync(copy);
  copyFileSync(join(folder.path, "lock"), join(copy, "lock"));
  expect([holderOf(folder.path), holderOf(copy)]).toEqual([process.pid, undefined]);
  (await lockFolder(copy))();
  unlock();
});
