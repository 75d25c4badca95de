import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import * as forms from "@/lib/accounts/schema";
import { openPlaces } from "@/lib/testing/open-places";
import { dashboardRoutes, everyAction, inputSchema } from "@/lib/testing/ways-in";

// What another site's page sends is refused before anybody is asked who they are.
const asked = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock("next/headers", () => ({ headers: async () => asked.headers }));
vi.mock("@/lib/access/signed-in", () => ({
  signedIn: () => {
    throw new Error("it was asked who they are");
  },
}));
vi.mock("@/lib/action", async (original) => {
  const { keepingDefinitions } = await import("@/lib/testing/ways-in");
  return keepingDefinitions(await original());
});

const host = "shop.test";
const elsewhere: [name: string, headers: Record<string, string>][] = [
  ["another origin", { host, origin: "http://evil.test" }],
  ["the same name, another port", { host: "shop.test:3000", origin: "http://shop.test:4000" }],
  ["the origin null", { host, origin: "null" }],
  ["no origin", { host }],
  ["Sec-Fetch-Site: cross-site", { host, origin: "http://shop.test", "sec-fetch-site": "cross-site" }],
  ["Sec-Fetch-Site: same-site", { host, origin: "http://shop.test", "sec-fetch-site": "same-site" }],
  ["a forged X-Forwarded-Host", { host, origin: "http://shop.test", "x-forwarded-host": "evil.test" }],
];
const actions = await everyAction();

describe.each(actions)("the action %s", (_, action) => {
  test.each(elsewhere)("is not carried out from %s", async (_name, headers) => {
    asked.headers = new Headers(headers);
    expect(await action({})).toMatchObject({ ok: false, code: "forbidden" });
  });

  test("takes no field that it does not know, at any depth", () => {
    expect(openPlaces(inputSchema(action))).toEqual([]);
  });
});

const routes = await Promise.all(
  Object.entries(dashboardRoutes).map(async ([file, load]) => [file, await load()] as const),
);
const posts = routes.flatMap(([file, { POST }]) => (POST ? [[file, POST] as const] : []));

describe.each(posts)("what is sent to %s", (_, post) => {
  test.each(elsewhere)("is not taken from %s", async (_name, headers) => {
    const request = new Request("http://shop.test/", { method: "POST", headers, body: "x" });
    const params = Promise.resolve({ applicationId: "1", campaignId: "1" });
    expect((await post(request, { params })).status).toBe(403);
  });
});

const inputs = Object.entries(forms).flatMap(([name, one]) =>
  one instanceof z.ZodObject ? [[name, one] as const] : [],
);

test.each(inputs)("the form or request of accounts %s takes no field that it does not know", (_, schema) => {
  expect(openPlaces(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }))).toEqual([]);
});

test("all actions are here", () => expect(actions.length).toBeGreaterThan(40));
