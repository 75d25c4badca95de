import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";
import { createLink } from "@/lib/accounts/links";
import { openApi } from "@/lib/api/openapi";
import { keyKindOf, operationsOf } from "@/lib/api/openapi-types";
import { startApi } from "@/lib/testing/api";
import { callsOf, sender } from "@/lib/testing/calls";
import { dump } from "@/lib/testing/dump";
import { openAll } from "@/lib/testing/open-all";
import { csvFiles, makeShop } from "@/lib/testing/shop";
import { makeThings, type Things } from "@/lib/testing/things";

// Whatever is opened, nothing is changed by it (F3): two rounds over every page and route, and the database is what it was.
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

let things: Things;
let token: string; // of a link, which nobody uses up by looking at it
beforeAll(async () => {
  things = await makeThings();
  token = (await createLink({ kind: "reset", personId: things.personId })).token;
  asks.signedIn = { id: things.personId, name: "Ada", email: "ada@example.com", sessionId: "none", roles: new Map() };
});

test("two rounds over every page and route change nothing", async () => {
  const before = await dump();
  expect(await openAll(things, token)).toBeGreaterThan(200);
  await openAll(things, token);
  expect(await dump()).toEqual(before);
});

test("two rounds over every reading call of the API change nothing but when its key was used", async () => {
  const { server, address } = await startApi();
  const shop = await makeShop(8);
  const { send, close } = sender(address);
  const description = openApi();
  const held = () => dump(["api_key", "api_rate"]);
  const calls = operationsOf(description)
    .filter(({ verb }) => verb === "get")
    .flatMap((operation) => {
      const authorization = shop.authorization[keyKindOf(operation)];
      const any = callsOf(description, operation, { known: shop.known, authorization, files: csvFiles });
      return fc.sample(any, { seed: 1, numRuns: 15 });
    });
  expect(calls.length).toBeGreaterThan(100);
  const before = await held();
  for (const call of [...calls, ...calls]) expect((await send(call)).status, call.path).toBeLessThan(500);
  expect(await held()).toEqual(before);
  close();
  server.close();
});
