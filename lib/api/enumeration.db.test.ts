import type { Server } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startApi } from "@/lib/testing/api";
import { type ApiCall, callsOf, sender } from "@/lib/testing/calls";
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
beforeAll(async () => {
  const started = await startApi();
  server = started.server;
  sent = sender(started.address);
  await spreadIds(spreadStart);
  own = await makeShop(4);
  await spreadIds(10_000);
  foreign = await makeShop(40); // its last sessions and friends have names that the own shop has not
  await spreadIds(1_000_000);
});
afterAll(() => {
  sent.close();
  server.close();
});

/** What only the other application has, by the names of fields, each beside what neither has. */
function foreignIds(): Record<string, [theirs: string, absent: string]> {
  const code: [string, string] = [foreign.codes[30] ?? "", "SHOP-000000-30"];
  const friend: [string, string] = ["friend-15", "friend-99"];
  const session: [string, string] = ["order/15", "order/99"];
  return {
    applicationId: [String(foreign.applicationId), String(foreign.applicationId + 500_000)],
    campaignId: [String(foreign.campaignId), String(foreign.campaignId + 500_000)],
    referralId: [foreign.ids[30] ?? "", String(Number(foreign.ids[30]) + 500_000)],
    batchID: [foreign.batchId, "qqqqqqqq"],
    batchId: [foreign.batchId, "qqqqqqqq"],
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
      for (const [name, [theirs, absent]] of Object.entries(foreignIds())) {
        const plain = { ...call, headers: { ...call.headers } };
        delete (plain.headers as Record<string, string>)["idempotency-key"];
        const [byTheirs, byAbsent] = [withValue(plain, name, theirs), withValue(plain, name, absent)];
        if (JSON.stringify(byTheirs) === JSON.stringify(byAbsent)) continue; // asks by no such thing
        const ask = async (asked: ApiCall, value: string) => {
          const { status, text } = await sent.send(asked);
          return `${status} ${withoutIds(text, value).replaceAll(/"(version|sessionVersion)":\s*\d+/g, '"$1":0')}`;
        };
        await ask(byAbsent, absent); // what it changes of the own application is changed then
        const expected = await ask(byAbsent, absent);
        probes += 1;
        expect(await ask(byTheirs, theirs), `${call.method} ${call.path} by ${name} ${theirs}`).toBe(expected);
      }
    }
  },
  120_000,
);

it("was asked often enough to say so", () => expect(probes).toBeGreaterThan(200));
