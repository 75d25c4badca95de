import { expect, test, vi } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { createApplicationAction } from "@/lib/applications/actions";
import { deleteAttributeAction } from "@/lib/attributes/actions";
import { pool } from "@/lib/db";
import { commitImportAction } from "@/lib/imports/actions";
import { createKeyAction, revokeKeyAction, rotateKeyAction } from "@/lib/keys/actions";
import { applyPlanAction, planDeleteAction } from "@/lib/operations/actions";
import { chooseReferralsAction } from "@/lib/selections/actions";
import { createViewAction } from "@/lib/views/actions";

// Somebody who may do nothing asks, with the headers of our own pages.
vi.mock("@/lib/access/actor", async (original) => {
  const nobody: Actor = { kind: "person", id: "n", name: "Nobody", permissions: new Set() };
  return { ...(await original<typeof import("@/lib/access/actor")>()), currentActor: async () => nobody };
});
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ host: "shop.test", origin: "http://shop.test" }),
}));

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

const scope = { applicationId: 1, campaignId: 1 };

test.each([
  ["createApplication", () => createApplicationAction({ name: "Shop", timeZone: "UTC", caseRule: "sensitive" })],
  ["deleteAttribute", () => deleteAttributeAction({ applicationId: 1, name: "tier" })],
  ["createKey", () => createKeyAction({ applicationId: 1, kind: "integration", name: "Shop" })],
  ["rotateKey", () => rotateKeyAction({ applicationId: 1, keyId: "1" })],
  ["revokeKey", () => revokeKeyAction({ applicationId: 1, keyId: "1" })],
  ["createView", () => createViewAction({ scope, name: "Mine", query: "" })],
  ["chooseReferrals", () => chooseReferralsAction({ scope, chosen: { by: "ids", ids: ["1"] } })],
  ["planDelete", () => planDeleteAction({ scope, selection: { by: "ids", ids: ["1"] } })],
  ["applyPlan", () => applyPlanAction({ scope, planId: "1" })],
  ["commitImport", () => commitImportAction({ ...scope, importId: "1" })],
])("the action %s", async (_, send) => {
  expect(await send()).toEqual({ ok: false, ...forbidden });
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
