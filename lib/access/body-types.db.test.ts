import type { Server } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openApi } from "@/lib/api/openapi";
import { bodyOf, keyKindOf, operationsOf } from "@/lib/api/openapi-types";
import { startApi } from "@/lib/testing/api";
import { contentsOf } from "@/lib/testing/backups";
import { callsOf, sender } from "@/lib/testing/calls";
import { csvFiles, makeShop, type Shop } from "@/lib/testing/shop";

// What a form of another site's page can send without asking first is no JSON, whatever its text is (F4).
vi.mock("@/lib/access/signed-in", () => ({
  signedIn: async () => ({ id: "p1", name: "Ada", email: "a@example.com", sessionId: "s1", roles: new Map() }),
}));
const own = { host: "shop.test", origin: "http://shop.test" };
vi.mock("next/headers", () => ({ headers: async () => new Headers(own), cookies: async () => ({ get: () => null }) }));

const types = ["text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "application/jsonp", ""];
const multipart = "multipart/form-data; boundary=x";

type Post = (request: Request, context: object) => Promise<Response>;
const files = import.meta.glob<{ POST?: Post }>("/app/**/route.ts");
const params = Promise.resolve({ token: "x", applicationId: "1", campaignId: "1" });

async function sent(post: Post, type: string): Promise<Response> {
  const headers = { ...own, ...(type !== "" && { "content-type": type }) };
  return post(new Request("http://shop.test/", { method: "POST", headers, body: Buffer.from("{}") }), { params });
}

test("a route that is asked in JSON takes nothing else", async () => {
  const asked: string[] = [];
  for (const [file, load] of Object.entries(files)) {
    const { POST } = await load();
    if (!POST || !file.includes("(accounts)")) continue;
    const isJson = (await sent(POST, "application/json")).headers.get("content-type") === "application/json";
    if (!isJson) continue; // a form, which leads back to its page
    asked.push(file);
    for (const type of [...types, multipart, "application/xml"]) {
      const answer = await sent(POST, type);
      expect(answer.status, `${file} ${type}`).toBe(415);
      expect(await answer.json()).toMatchObject({
        code: "wrong_type",
        message: expect.stringContaining("application/json"),
      });
    }
  }
  expect(asked).toHaveLength(4);
});

test("a form's route takes forms alone, and says so on its page", async () => {
  let asked = 0;
  for (const [file, load] of Object.entries(files)) {
    const { POST } = await load();
    if (!POST || !file.includes("(accounts)")) continue;
    const answer = await sent(POST, "text/plain");
    if (answer.status === 415) continue;
    asked += 1;
    expect([answer.status, answer.headers.get("location")], file).toEqual([303, expect.stringMatching(/[?&]form=/)]);
  }
  expect(asked).toBeGreaterThan(10);
});

const description = openApi();
let server: Server;
let api: ReturnType<typeof sender>;
let shop: Shop;
beforeAll(async () => {
  const started = await startApi();
  server = started.server;
  api = sender(started.address);
  shop = await makeShop(4);
});
afterAll(() => {
  api.close();
  server.close();
});

/** What the database holds, but for when keys were used, how often, and under which Idempotency-Key. */
async function held(): Promise<object> {
  const {
    api_key: _,
    api_rate: _rate,
    api_answer: _answer,
    ...rest
  } = await contentsOf(process.env.DATABASE_URL ?? "");
  return rest;
}

test("an operation of the API takes its own type alone, and nothing is changed by another", async () => {
  const before = await held();
  let asked = 0;
  for (const operation of operationsOf(description)) {
    const body = bodyOf(operation);
    if (!body) continue;
    const authorization = shop.authorization[keyKindOf(operation)];
    const calls = callsOf(description, operation, { known: shop.known, authorization, files: csvFiles });
    const [call] = fc.sample(calls, { seed: 1, numRuns: 1 });
    if (!call) throw new Error(`${operation.operationId} cannot be called`);
    for (const type of [...types, body.type === "application/json" ? multipart : "application/json"]) {
      const { "content-type": _, ...headers } = call.headers;
      const answer = await api.send({
        ...call,
        query: [],
        headers: { ...headers, ...(type !== "" && { "content-type": type }) },
      });
      expect([answer.status, answer.type], `${operation.operationId} ${type}`).toEqual([415, "application/json"]);
      asked += 1;
    }
  }
  expect(asked).toBeGreaterThan(50);
  expect(await held()).toEqual(before);
});
