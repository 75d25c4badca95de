import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { rowsOf } from "@/lib/testing/backups";
import { emptyDatabase } from "@/lib/testing/database";
import { runNode } from "./child";

/** `npm run` of a task on a database, which it may fill with the demo. */
const call = (task: string, args: string[], DATABASE_URL: string) =>
  runNode(["lib/launch/run.mjs", task, ...args], { environment: { DATABASE_URL, DEMO: "1" } });

test("a proof that is interrupted is not taken for one", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address?.port}`;
  const args = ["lib/launch/run.mjs", "stress", "--key", `rfi_1_${"a".repeat(43)}`, "--url", url];
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const [socket] = await once(silent, "connection");
  child.kill("SIGINT");
  expect(await once(child, "exit")).toEqual([1, null]);
  socket.destroy();
  silent.close();
});

test("what looks at a database does not fill it, and an option that is none is refused with how it is used", async () => {
  const url = await emptyDatabase();
  expect(await call("counters", [], url)).toMatchObject({
    code: 1,
    output: expect.stringContaining("There is no campaign at all."),
  });
  expect(await rowsOf(url, "SELECT FROM application")).toEqual([]);
  for (const [task, args, says] of [
    ["counters", ["--campain", "3"], "Unknown option '--campain'. It is used so: npm run counters -- [--campaign 1]"],
    ["sign-in-link", ["maria@example.com"], "It is used so: npm run sign-in-link -- [--email maria@example.com]"],
    ["seed", ["--referals", "5"], "Unknown option '--referals'. It is used so: npm run seed -- --referrals 100000"],
  ] as const) {
    const { code, output } = await call(task, [...args], url);
    expect(code).toBe(1);
    expect(output).toContain(says);
    expect(output).not.toContain("    at "); // no stack
  }
});
