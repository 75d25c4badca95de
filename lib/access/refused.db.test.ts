import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { pool } from "@/lib/db";
import { knownOf } from "@/lib/testing/things";
import { valuesFor } from "@/lib/testing/values";
import { everyAction, inputSchema } from "@/lib/testing/ways-in";

// Somebody who may do nothing asks, with the headers of our own pages.
vi.mock("@/lib/access/actor", async (original) => {
  const nobody: Actor = { kind: "person", id: "n", name: "Nobody", permissions: new Set() };
  return { ...(await original<typeof import("@/lib/access/actor")>()), currentActor: async () => nobody };
});
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ host: "shop.test", origin: "http://shop.test" }),
}));
vi.mock("@/lib/action", async (original) => {
  const { keepingDefinitions } = await import("@/lib/testing/ways-in");
  return keepingDefinitions(await original());
});

const forbidden = {
  code: "forbidden",
  message: expect.stringMatching(/^“Nobody” may not .+ the permission “[a-z.]+”\.$/),
};

const address = {
  applicationId: "1",
  campaignId: "1",
  operationId: "1",
  referralId: "1",
  importId: "1",
  selectionId: "1",
};
const params = Promise.resolve({ ...address, batchId: "abcdefgh", rows: "rest", name: "tier" });

type Page = { default: (props: object) => Promise<unknown>; generateMetadata?: (props: object) => Promise<unknown> };
type Route = Partial<Record<"GET" | "HEAD" | "POST", (request: Request, context: object) => Promise<Response>>>;
// The documentation is for everybody: it shows nothing of any application. Nor do the pages by which one gets in.
const pages = Object.entries(import.meta.glob<Page>(["/app/**/page.tsx", "!/app/docs/**", "!/app/\\(accounts\\)/**"]));
const routes = Object.entries(import.meta.glob<Route>("/app/\\(dashboard\\)/**/route.ts"));

test.each(pages)("the page %s", async (_, load) => {
  const page = await load();
  await expect(page.default({ params, searchParams: Promise.resolve({}) })).rejects.toMatchObject(forbidden);
});

test.each(routes)("the route %s", async (_, load) => {
  const methods = Object.entries(await load());
  expect(methods.length).toBeGreaterThan(0);
  for (const [method, answer] of methods) {
    const request = new Request("http://shop.test/", {
      method,
      headers: { host: "shop.test", origin: "http://shop.test" },
    });
    const response = await answer(request, { params });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ ok: false, ...forbidden });
  }
});

const things = { ...address, ...{ applicationId: 1, campaignId: 1, batchId: "abcdefgh", personId: "a".repeat(32) } };
const more = { planId: "1", scheduleId: "1", viewId: "1", keyId: "1", budgetId: "1" };
const values = valuesFor({}, knownOf({ ...things, ...more }));

test.each(await everyAction())("the action %s", async (_, action) => {
  const inputs = fc.sample(values(inputSchema(action)), { seed: 3, numRuns: 2000 });
  const fitting = inputs.filter((input) => action.definition.input.safeParse(input).success).slice(0, 3);
  expect(fitting.length).toBeGreaterThan(0);
  for (const input of fitting) expect(await action(input)).toEqual({ ok: false, ...forbidden });
});

test("each refusal is recorded: who, where, what", async () => {
  const { rows } = await pool.query(
    `SELECT DISTINCT actor_name, application_id, campaign_id, after ->> 'permission' AS permission FROM audit_entry WHERE event = 'refused'`,
  );
  expect(rows).toContainEqual({
    ...{ actor_name: "Nobody", application_id: 1, campaign_id: 1, permission: "referrals.delete" },
  });
  const permissions = rows.map(({ permission }) => permission);
  expect(permissions).toEqual(
    expect.arrayContaining(["applications.create", "audit.read", "keys.write", "members.read"]),
  );
});
