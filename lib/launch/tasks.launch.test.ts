import { expect, test } from "vitest";
import { rowsOf } from "@/lib/testing/backups";
import { emptyDatabase } from "@/lib/testing/database";
import { runNode } from "./child";

/** `npm run` of a task on a database, which it may fill with the demo. */
const call = (task: string, args: string[], DATABASE_URL: string) =>
  runNode(["lib/launch/run.mjs", task, ...args], { environment: { DATABASE_URL, DEMO: "1" } });

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
