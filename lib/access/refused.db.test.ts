import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { type Actor, person } from "@/lib/access/actor";
import { rolePermissions } from "@/lib/access/permissions";
import { pool } from "@/lib/db";
import { auditOf } from "@/lib/testing/audit";
import { dump } from "@/lib/testing/dump";
import { knownOf, makeThings, type Things } from "@/lib/testing/things";
import { valuesFor } from "@/lib/testing/values";
import { everyAction, inputSchema } from "@/lib/testing/ways-in";

// Somebody asks who may not, with the headers of our own pages: one who may do nothing, then a viewer.
const nobody: Actor = { kind: "person", id: "n", name: "Nobody", permissions: new Set() };
const asks = vi.hoisted(() => ({ actor: null as Actor | null }));
vi.mock("@/lib/access/actor", async (original) => ({
  ...(await original<typeof import("@/lib/access/actor")>()),
  currentActor: async () => asks.actor,
}));
beforeAll(() => {
  asks.actor = nobody;
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
  message: expect.stringMatching(/^“(Nobody|Vera)” may not .+ the permission “[a-z.]+”\.$/),
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

const actions = await everyAction();
test.each(actions)("the action %s", async (_, action) => {
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

describe("a viewer, of what there is,", () => {
  let own: Things;
  let before: string[];
  beforeAll(async () => {
    own = await makeThings();
    before = await dump();
    const roles = new Map([[own.applicationId, "viewer" as const]]);
    asks.actor = person({ id: "v", name: "Vera", administrator: false, roles });
  });
  const refused = actions.filter(([, { definition }]) => !rolePermissions.viewer.has(definition.permission));
  const isOwn = (input: unknown) =>
    [...JSON.stringify(input).matchAll(/"applicationId":(\d+)/g)].every(([, id]) => Number(id) === own.applicationId);

  test.each(refused)("is refused the action %s", async (_, action) => {
    const inputs = fc.sample(valuesFor({}, knownOf(own))(inputSchema(action)), { seed: 3, numRuns: 2000 });
    const fitting = inputs.filter((input) => action.definition.input.safeParse(input).success && isOwn(input));
    expect(fitting.length).toBeGreaterThan(0);
    for (const input of fitting.slice(0, 3)) expect(await action(input)).toEqual({ ok: false, ...forbidden });
  });

  test("is refused each route that takes a file, and nothing was changed by any of it", async () => {
    const where = Promise.resolve({ applicationId: String(own.applicationId), campaignId: String(own.campaignId) });
    const uploads = routes.filter(([file]) => file.endsWith("/upload/route.ts"));
    expect(uploads).toHaveLength(2);
    for (const [, load] of uploads) {
      const headers = { host: "shop.test", origin: "http://shop.test" };
      const request = new Request("http://shop.test/?name=a.csv", { method: "POST", headers, body: "code\nA-1\n" });
      const answer = await (await load()).POST?.(request, { params: where });
      expect([answer?.status, await answer?.json()]).toEqual([403, { ok: false, ...forbidden }]);
    }
    expect(refused.length).toBeGreaterThan(30);
    expect(await dump()).toEqual(before);
    expect(await auditOf(process.env.DATABASE_URL ?? "")).toEqual([]);
  });
});
