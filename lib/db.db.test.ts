import { expect, it } from "vitest";
import { db, pool, takeConnection } from "@/lib/db";

it("answers pages while exports, uploads and the worker hold all that they may", async () => {
  const held = await Promise.all(Array.from({ length: 4 + 3 + 2 * (1 + 2) }, takeConnection));
  expect(await Promise.all(Array.from({ length: 7 }, () => db.$queryRaw`SELECT 1 AS n`))).toHaveLength(7);
  for (const { giveBack } of held) giveBack(false);
});

it("loses a connection that is taken without losing the process", async () => {
  const { client, giveBack } = await takeConnection();
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  await pool.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
  await expect(client.query("SELECT pg_sleep(1)")).rejects.toThrow();
  giveBack(true);
  giveBack(true);
  await expect.poll(() => pool.idleCount).toBe(pool.totalCount);
});

it("gives a connection back as it was", async () => {
  for (let turn = 0; turn < 12; turn += 1) {
    const { client, giveBack } = await takeConnection();
    expect(client.listenerCount("error")).toBeLessThan(4);
    giveBack(false);
  }
});
