import type { Server } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allows, type Permission } from "@/lib/access/permissions";
import { authorizationScheme, grantable } from "@/lib/keys/rules";
import { keyFor, startApi } from "@/lib/testing/api";
import { type ApiCall, type CallAnswer, callsOf, sender } from "@/lib/testing/calls";
import { dump } from "@/lib/testing/dump";
import { csvFiles, makeShop, type Shop } from "@/lib/testing/shop";
import { endpoints } from "./endpoints";
import { openApi } from "./openapi";
import { keyKindOf, type Listed, operationsOf } from "./openapi-types";

// A key does what it was given and nothing else, operation by operation; what it is refused leaves no trace (S7, Z2).
const description = openApi();
const operations = operationsOf(description).map((operation) => [operation.operationId, operation] as const);
let server: Server;
let sent: ReturnType<typeof sender>;
let shop: Shop;
let stranger: Shop;
let before: string[];
const held = () => dump(["api_key", "api_rate", "api_answer", "audit_entry"]);
const told: { key: string; answer: CallAnswer }[] = [];
beforeAll(async () => {
  const started = await startApi();
  server = started.server;
  sent = sender(started.address);
  shop = await makeShop(8);
  stranger = await makeShop(1);
  before = await held();
});
afterAll(() => {
  sent.close();
  server.close();
});

const neededFor = (operation: Listed) =>
  endpoints.find(({ name }) => name === operation.operationId)?.permission ?? expect.fail(operation.operationId);

/** A call of the operation that is in order, by a header. */
function callBy(operation: Listed, authorization: string): ApiCall {
  const calls = callsOf(description, operation, { known: shop.known, authorization, files: csvFiles });
  const own = (call: ApiCall) =>
    Object.entries(call.params).every(([name, id]) => shop.known[name]?.map(String).includes(decodeURIComponent(id)));
  return fc.sample(calls, { seed: 1, numRuns: 200 }).find(own) ?? expect.fail("it cannot be called");
}

async function askedBy(operation: Listed, authorization: string): Promise<CallAnswer> {
  const answer = await sent.send(callBy(operation, authorization));
  told.push({ key: authorization.slice(-40), answer });
  return answer;
}

const withOnly = async (operation: Listed, permissions: Permission[]) => {
  const kind = keyKindOf(operation);
  return askedBy(operation, `${authorizationScheme[kind]} ${await keyFor(shop.applicationId, kind, permissions)}`);
};

test.each(operations)("%s is refused to a key that may do all else", async (_, operation) => {
  const needed = neededFor(operation);
  const others = grantable(keyKindOf(operation)).filter((one) => !allows(new Set([one]), needed));
  const { status, text } = await withOnly(operation, others);
  expect([status, text]).toEqual([403, expect.stringContaining(`lacks the permission “${needed}”`)]);
});

test.each(operations)(
  "%s is refused to a key of the other kind, and to one of another application",
  async (_, operation) => {
    const kind = keyKindOf(operation);
    const other = kind === "integration" ? "management" : "integration";
    expect((await askedBy(operation, shop.authorization[other])).status).toBe(401);
    if (operation.path.includes("{applicationId}"))
      expect((await askedBy(operation, stranger.authorization[kind])).status).toBe(403);
  },
);

test("what was refused changed nothing, and no answer holds the key that it was asked with (S8)", async () => {
  expect(await held()).toEqual(before);
  expect(told.length).toBeGreaterThan(operations.length * 2);
  for (const { key, answer } of told) expect(answer.text).not.toContain(key);
});

test.each(operations)("%s is let to a key that may do this alone", async (_, operation) => {
  expect([401, 403]).not.toContain((await withOnly(operation, [neededFor(operation)])).status);
});
