import type { Server } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startApi } from "@/lib/testing/api";
import { auditOf } from "@/lib/testing/audit";
import { callsOf, sender } from "@/lib/testing/calls";
import { killing } from "@/lib/testing/killed";
import { csvFiles, makeShop } from "@/lib/testing/shop";
import { openApi } from "./openapi";
import { keyKindOf, operationsOf } from "./openapi-types";

// What a program changes is on record as what people change is (`access/on-record.db.test.ts`): the change and its record, or neither (G1).
const url = process.env.DATABASE_URL ?? "";
const { killed, contents, records } = await killing(url);
const description = openApi();
/** What a session does stands in the ledger of redemptions, which is its record. */
const inLedger = ["updateCustomerSessionV2", "reopenCustomerSession", "returnCartItems"];
const writing = operationsOf(description).filter(
  ({ verb, operationId }) => verb !== "get" && !inLedger.includes(operationId),
);

let server: Server;
let api: ReturnType<typeof sender>;
beforeAll(async () => {
  const started = await startApi();
  server = started.server;
  api = sender(started.address);
});
afterAll(() => {
  api.close();
  server.close();
});

/** What is no change: when and how often keys were used, what they were answered, and what is prepared for a change, which is swept. */
const besides = ["api_key", "api_rate", "api_answer", "import", "import_row", "selection", "selection_row"];
async function held(): Promise<object> {
  return Object.fromEntries(Object.entries(await contents()).filter(([table]) => !besides.includes(table)));
}

test.each(writing)("$operationId leaves its change and its record, or neither", async (operation) => {
  const shop = await makeShop(8);
  const authorization = shop.authorization[keyKindOf(operation)];
  const calls = callsOf(description, operation, { known: shop.known, authorization, files: csvFiles });
  let done = 0;
  for (const call of fc.sample(calls, { seed: 5, numRuns: 200 })) {
    if (done > 0) break;
    const before = await held();
    let cut = 0;
    for (const moment of ["record", "commit"] as const) {
      const { status } = await killed(moment, () => api.send(call));
      if (status !== 503) break; // it was refused, or changes nothing
      cut += 1;
      expect(await held(), `ended before its ${moment}: ${String(call.body)}`).toEqual(before);
    }
    if (cut < 2) continue;
    const earlier = await records();
    const { status } = await api.send(call);
    const later = await records();
    expect(status).toBeLessThan(300);
    expect(later.doubled).toBe(0);
    expect([later.audit - earlier.audit === 1, later.operations !== earlier.operations].filter(Boolean)).toHaveLength(
      1,
    );
    done += 1;
  }
  expect(done).toBe(1);
});

test("after all of it the database is sound", async () => {
  expect(writing.length).toBeGreaterThan(8);
  expect(await auditOf(url)).toEqual([]);
});
