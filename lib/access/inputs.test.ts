import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { accessSentences } from "@/lib/access/reasons";
import { flashCookie, readFlash } from "@/lib/accounts/flash";
import * as formInputs from "@/lib/accounts/schema";
import { say } from "@/lib/say";
import { openPlaces } from "@/lib/testing/open-places";
import { accountForms, dashboardRoutes, everyAction, inputSchema } from "@/lib/testing/ways-in";

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

const forms = await Promise.all(
  Object.entries(accountForms).map(async ([file, load]) => [file, await load()] as const),
);
const formPosts = forms.flatMap(([file, { POST }]) => (POST ? [[file, POST] as const] : []));

/** What a form's page says of an answer that leads back to it, or a script's page of one in JSON. */
async function saidIn(answer: Response): Promise<string | undefined> {
  if (answer.status !== 303) return (await answer.json()).message;
  const mark = new URL(answer.headers.get("location") ?? "", "http://shop.test").searchParams.get("form") ?? undefined;
  const [name, value] = answer.headers.getSetCookie()[0]?.split(/[=;]/, 2) ?? [];
  return name === flashCookie(new Headers()) ? readFlash(value, mark)?.message : undefined;
}

describe.each(formPosts)("what is sent to %s", (_, post) => {
  test.each(elsewhere)("is not taken from %s", async (_name, headers) => {
    const request = new Request("http://shop.test/", { method: "POST", headers, body: "x" });
    const answer = await post(request, { params: Promise.resolve({ token: "x" }) });
    expect(await saidIn(answer)).toBe(say(accessSentences, { reason: "other_site" }));
  });
});

const inputs = Object.entries(formInputs).flatMap(([name, one]) =>
  one instanceof z.ZodObject ? [[name, one] as const] : [],
);

test.each(inputs)("the form or request of accounts %s takes no field that it does not know", (_, schema) => {
  expect(openPlaces(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }))).toEqual([]);
});

test("all actions are here, and all forms", () => {
  expect(actions.length).toBeGreaterThan(40);
  expect(formPosts.length).toBeGreaterThan(20);
});
