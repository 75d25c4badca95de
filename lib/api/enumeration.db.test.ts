import type { Server } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deleteAtOnce } from "@/lib/operations/at-once";
import { startApi } from "@/lib/testing/api";
import { auditOf } from "@/lib/testing/audit";
import { admitted } from "@/lib/testing/builders";
import { type ApiCall, callsOf, sender } from "@/lib/testing/calls";
import { dumpOf } from "@/lib/testing/dump";
import { spreadIds, spreadStart, withoutIds } from "@/lib/testing/ids";
import { csvFiles, makeShop, type Shop } from "@/lib/testing/shop";
import { openApi } from "./openapi";
import { keyKindOf, type Listed, operationsOf } from "./openapi-types";

// A key of one application asks by what another one has: it is answered as for what nothing has ever had.
const description = openApi();
let server: Server;
let sent: ReturnType<typeof sender>;
let own: Shop;
let foreign: Shop;
let before: string[];
const gone = 35; // which of its codes is deleted
beforeAll(async () => {
  const started = await startApi();
  server = started.server;
  sent = sender(started.address);
  await spreadIds(spreadStart);
  own = await makeShop(4);
  await spreadIds(10_000);
  foreign = await makeShop(40); // its last sessions and friends have names that the own shop has not
  await deleteAtOnce(admitted(foreign), { selection: { by: "ids", ids: [foreign.ids[gone] ?? ""] } });
  await spreadIds(1_000_000);
  before = await dumpOf(foreign.applicationId);
});
afterAll(() => {
  sent.close();
  server.close();
});

/** What only the other application has or had, and ids around, by the names of fields; each behind what nobody has. */
function foreignIds(): Record<string, [absent: string, ...theirs: string[]]> {
  const code: [string, ...string[]] = ["SHOP-000000-30", foreign.codes[30] ?? "", foreign.codes[gone] ?? ""];
  const friend: [string, string] = ["friend-99", "friend-15"];
  const session: [string, string] = ["order/99", "order/15"];
  const ids = (id: unknown): [string, ...string[]] => {
    const at = Number(id);
    return [String(at + 500_000), String(at), String(at + 1), String(at + 1000)];
  };
  return {
    applicationId: ids(foreign.applicationId),
    campaignId: ids(foreign.campaignId),
    referralId: [...ids(foreign.ids[30]), foreign.ids[gone] ?? ""],
    batchID: ["qqqqqqqq", foreign.batchId],
    batchId: ["qqqqqqqq", foreign.batchId],
    ...{ sessionId: session, customerSessionId: session },
    ...{ integrationId: friend, profileId: friend, advocate: friend },
    ...{ code, referralCode: code },
  };
}

/** The call with another value in each place of a name, in address, query and body. */
function withValue(call: ApiCall, name: string, value: string): ApiCall {
  const inBody = (one: unknown, key = ""): unknown => {
    if (key === name && one !== null && typeof one !== "object") return typeof one === "number" ? Number(value) : value;
    if (Array.isArray(one)) return one.map((inner) => inBody(inner, key));
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([inner, text]) => [inner, inBody(text, inner)]));
  };
  const isJson = call.headers["content-type"] === "application/json";
  return {
    ...call,
    params: { ...call.params, ...(name in call.params && { [name]: encodeURIComponent(value) }) },
    query: call.query.map(([key, before]) => [key, key === name ? value : before]),
    ...(isJson && { body: JSON.stringify(inBody(JSON.parse(String(call.body)))) }),
  };
}

let probes = 0;
it.each(operationsOf(description))(
  "$operationId tells nothing of another application",
  async (operation: Listed) => {
    const authorization = own.authorization[keyKindOf(operation)];
    const calls = callsOf(description, operation, { known: own.known, authorization, files: csvFiles });
    for (const call of fc.sample(calls, { seed: 1, numRuns: 12 })) {
      for (const [name, [absent, ...theirs]] of Object.entries(foreignIds())) {
        const plain = { ...call, headers: { ...call.headers } };
        delete (plain.headers as Record<string, string>)["idempotency-key"];
        const byAbsent = withValue(plain, name, absent);
        if (JSON.stringify(withValue(plain, name, theirs[0] ?? "")) === JSON.stringify(byAbsent)) continue; // asks by no such thing
        const ask = async (asked: ApiCall, value: string) => {
          const { status, text } = await sent.send(asked);
          return `${status} ${withoutIds(text, value).replaceAll(/"(version|sessionVersion)":\s*\d+/g, '"$1":0')}`;
        };
        await ask(byAbsent, absent); // what it changes of the own application is changed then
        const expected = await ask(byAbsent, absent);
        for (const value of theirs) {
          probes += 1;
          expect(
            await ask(withValue(plain, name, value), value),
            `${call.method} ${call.path} by ${name} ${value}`,
          ).toBe(expected);
        }
      }
    }
  },
  120_000,
);

it("was asked often enough to say so, and changed nothing of the other application", async () => {
  expect(probes).toBeGreaterThan(500);
  expect(await dumpOf(foreign.applicationId)).toEqual(before);
  expect(await auditOf(process.env.DATABASE_URL ?? "")).toEqual([]);
});
