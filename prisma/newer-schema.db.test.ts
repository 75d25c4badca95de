import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createLink } from "@/lib/accounts/links";
import { openApi } from "@/lib/api/openapi";
import { keyKindOf, operationsOf } from "@/lib/api/openapi-types";
import { pool } from "@/lib/db";
import { startApi } from "@/lib/testing/api";
import { callsOf, sender } from "@/lib/testing/calls";
import { heardErrors } from "@/lib/testing/heard-log";
import { openAll } from "@/lib/testing/open-all";
import { csvFiles, makeShop } from "@/lib/testing/shop";
import { makeGone, makeThings } from "@/lib/testing/things";
import { isCurrent, readHistory } from "./history";

// A newer version widens the schema while this one serves: what it does, it does as before, on the same connections with their
// prepared statements, and it is as ready (O4).
vi.mock("@/lib/log", async (original) => (await import("@/lib/testing/heard-log")).hearing(await original()));
vi.mock("@/lib/access/actor", async (original) => {
  const { everyPermission } = await import("@/lib/access/permissions");
  const actor = { kind: "person", id: "tester", name: "Tester", permissions: everyPermission };
  return { ...(await original<typeof import("@/lib/access/actor")>()), currentActor: async () => actor };
});
const asks = vi.hoisted(() => ({ signedIn: null as object | null }));
vi.mock("@/lib/access/signed-in", () => ({ signedIn: async () => asks.signedIn }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ host: "shop.test" }),
  cookies: async () => ({ get: () => undefined }),
}));

let api: Awaited<ReturnType<typeof startApi>>;
let sent: ReturnType<typeof sender>;
beforeAll(async () => {
  api = await startApi();
  sent = sender(api.address);
});
afterAll(() => {
  sent.close();
  api.server.close();
});

/** Every operation of the API some times; gives those that were carried out. */
async function callAll(): Promise<string[]> {
  const description = openApi();
  const done = new Set<string>();
  for (const operation of operationsOf(description)) {
    const shop = await makeShop(8);
    const authorization = shop.authorization[keyKindOf(operation)];
    const calls = callsOf(description, operation, { known: shop.known, authorization, files: csvFiles });
    for (const call of fc.sample(calls, { seed: 3, numRuns: 12 })) {
      const { status, text } = await sent.send(call);
      expect(status, `${operation.operationId}: ${text}`).toBeLessThan(500);
      if (status < 300) done.add(operation.operationId);
    }
  }
  return [...done];
}

/** What people and shops do, each thing at least once; gives the operations of the API that were carried out. */
async function doEverything(): Promise<string[]> {
  await makeGone();
  const things = await makeThings();
  const { token } = await createLink({ kind: "reset", personId: things.personId });
  asks.signedIn = { id: things.personId, name: "Ada", email: "ada@example.com", sessionId: "none", roles: new Map() };
  await openAll(things, token);
  return callAll();
}

/** What a newer version may do to the schema: every table gets columns, one of them filled in each row, and an index; and there is a table more. */
async function widen(): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'",
  );
  expect(rows.length).toBeGreaterThan(30);
  for (const { name } of rows)
    await pool.query(`ALTER TABLE "${name}" ADD COLUMN newer text, ADD COLUMN newer_count integer NOT NULL DEFAULT 1;
      CREATE INDEX ON "${name}" (newer_count)`);
  await pool.query(`CREATE TABLE newer (application_id integer REFERENCES application ON DELETE CASCADE);
    INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ('newer', '', now(), '29990101000000_newer', 1)`);
}

test("all that there is to do is done as before once a newer version has widened every table", async () => {
  const before = await doEverything();
  expect(before.length).toBe(operationsOf(openApi()).length);
  await widen();
  expect(isCurrent(await readHistory(pool))).toBe(true);
  expect(await doEverything()).toEqual(before);
  expect(heardErrors()).toEqual([]);
});
