import { expect, test, vi } from "vitest";
import { askedPathHeader } from "@/lib/asked-path";

// Nobody is signed in, and asks with the headers of our own pages. No database is needed to refuse them.
vi.mock("@/lib/access/signed-in", () => ({ signedIn: async () => null }));
const own = { host: "shop.test", origin: "http://shop.test" };
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ ...own, [askedPathHeader]: "/applications/1/keys?q=a%20b&_rsc=x1" }),
  cookies: async () => ({ get: () => undefined }),
}));

const signedOut = {
  ok: false,
  code: "signed_out",
  message: expect.stringMatching(/^You are signed out, so nothing was done\. /),
};
const address = { applicationId: "1", campaignId: "1", operationId: "1", referralId: "1", importId: "1" };
const params = Promise.resolve({ ...address, selectionId: "1", batchId: "abcdefgh", rows: "rest", name: "tier" });

type Page = { default: (props: object) => Promise<unknown> };
type Route = Record<string, (request: Request, context: object) => Promise<Response>>;
type Action = (input: object) => Promise<unknown>;

const pages = Object.entries(
  import.meta.glob<Page>([
    "/app/page.tsx",
    "/app/\\(dashboard\\)/**/{page,layout}.tsx",
    "/app/\\(accounts\\)/account/**/page.tsx",
  ]),
);
// What a script asks for is refused as to a script, and not led to a page.
const routes = Object.entries(
  import.meta.glob<Route>([
    "/app/\\(dashboard\\)/**/route.ts",
    "/app/\\(accounts\\)/account/passkeys/{ask,add}/route.ts",
  ]),
);
const ownForms = Object.entries(
  import.meta.glob<Route>([
    "/app/\\(accounts\\)/account/**/route.ts",
    "!/app/\\(accounts\\)/account/passkeys/{ask,add}/route.ts",
  ]),
);
const everyRoute = Object.keys(import.meta.glob("/app/**/route.ts"));
const everyPage = Object.keys(import.meta.glob("/app/**/page.tsx"));
const actionFiles = import.meta.glob<Record<string, Action>>("/lib/*/actions.ts", { eager: true });
const actions = Object.entries(actionFiles).flatMap(([file, exported]) =>
  Object.entries(exported).map(([name, action]) => [`${file} ${name}`, action] as const),
);

/** What answers somebody who is not signed in, and tells nothing of any application. */
const open = [
  "/app/docs/page.tsx",
  "/app/docs/move-from-talon-one/page.tsx",
  "/app/livez/route.ts",
  "/app/readyz/route.ts",
  "/app/(accounts)/sign-in/page.tsx",
  "/app/(accounts)/sign-in/send/route.ts",
  "/app/(accounts)/sign-in/oidc/route.ts",
  "/app/(accounts)/sign-in/oidc/callback/route.ts",
  "/app/(accounts)/sign-in/passkey/ask/route.ts",
  "/app/(accounts)/sign-in/passkey/enter/route.ts",
  "/app/(accounts)/sign-in/code/page.tsx",
  "/app/(accounts)/sign-in/code/send/route.ts",
  "/app/(accounts)/sign-out/route.ts",
  "/app/(accounts)/forgotten/page.tsx",
  "/app/(accounts)/forgotten/send/route.ts",
  "/app/(accounts)/enter/[token]/page.tsx",
  "/app/(accounts)/enter/[token]/first/route.ts",
  "/app/(accounts)/enter/[token]/demo/route.ts",
  "/app/(accounts)/enter/[token]/password/route.ts",
];

test("every page and route is open by name or tried here, and every action is", () => {
  const tried = [...pages, ...routes, ...ownForms].map(([file]) => file).filter((file) => !file.endsWith("layout.tsx"));
  expect([...tried, ...open].sort()).toEqual([...everyPage, ...everyRoute].sort());
  expect(actions.length).toBeGreaterThan(30);
});

test.each(pages)("the page %s leads to signing in, and from there back", async (_, load) => {
  const page = await load();
  const props = { params, searchParams: Promise.resolve({}) };
  // What stands in a title without a session is of the address alone: there is no database here.
  await expect(page.default(props)).rejects.toMatchObject({
    digest: expect.stringContaining(";/sign-in?to=%2Fapplications%2F1%2Fkeys%3Fq%3Da%2Bb;"),
  });
});

const asks = (method: string, body?: string) =>
  new Request("http://shop.test/", {
    method,
    body,
    headers: { ...own, ...(body !== undefined && { "content-type": "application/x-www-form-urlencoded" }) },
  });

test.each(routes)("the route %s answers 401", async (_, load) => {
  for (const [method, answer] of Object.entries(await load())) {
    if (!/^[A-Z]+$/.test(method)) continue;
    const response = await answer(asks(method), { params });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual(signedOut);
  }
});

test.each(ownForms)("the form %s leads to signing in", async (_, load) => {
  const { POST } = await load();
  const password = "a long new password";
  const bodies: Record<string, string>[] = [
    { name: "M", email: "m@example.com" },
    ...[{ password }, { current: password }, { code: "123456" }, { session: "x" }, { linked: "x" }, {}],
    ...[{ passkey: "x" }, { passkey: "x", name: "M" }],
  ];
  const answers = await Promise.all(
    bodies.map((fields) => POST?.(asks("POST", new URLSearchParams(fields).toString()), { params })),
  );
  const places = answers.map((answer) => answer?.headers.get("location"));
  for (const answer of answers) expect(answer?.status).toBe(303);
  expect(places).toContainEqual(expect.stringMatching(/^\/sign-in\?to=%2Faccount/));
  for (const place of places)
    expect(place).toMatch(/^\/(sign-in\?to=%2Faccount(%2F[a-z-]+)*$|account(\/[a-z-]+)*\?form=)/);
});

test.each(actions)("the action %s does nothing", async (_, send) => {
  expect(await send({})).toEqual(signedOut);
});
