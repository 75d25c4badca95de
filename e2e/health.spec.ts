import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { expect, test } from "@playwright/test";

for (const path of ["/livez", "/readyz"]) {
  test(`${path} answers 200 and is never stored`, async ({ request }) => {
    const response = await request.get(path);
    expect(response.status()).toBe(200);
    expect(response.headers()["cache-control"]).toBe("no-store");
  });
}

for (const [path, type] of [
  ["/favicon.ico", "image/x-icon"],
  ["/icon.svg", "image/svg+xml"],
  ["/apple-touch-icon.png", "image/png"],
  ["/manifest.webmanifest", "application/manifest+json"],
  ["/robots.txt", "text/plain"],
] as const)
  test(`${path} answers what browsers and crawlers ask for by that name, with the headers of all answers`, async ({
    request,
  }) => {
    const response = await request.get(path);
    expect(response.status()).toBe(200);
    expect(response.headers()["content-type"]).toContain(type);
    expect(response.headers()).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
  });

test("pages name the icons and the manifest", async ({ page }) => {
  await page.goto("/applications");
  const named = page.locator("link[rel*=icon], link[rel=manifest]");
  expect(await named.evaluateAll((links) => links.map((link) => link.getAttribute("href")))).toEqual([
    "/manifest.webmanifest",
    "/favicon.ico",
    "/icon.svg",
    "/apple-touch-icon.png",
  ]);
});

test("requests for a name that is not this server's are refused, whoever passes them on", async ({ request }) => {
  const asked: Record<string, string>[] = [{ host: "evil.example" }, { "x-forwarded-host": "evil.example:3000" }];
  for (const headers of asked) {
    const answer = await request.get("/applications", { headers });
    expect(answer.status()).toBe(421);
    expect(await answer.text()).toContain("ALLOWED_HOSTS=evil.example");
  }
  expect((await request.get("/applications", { headers: { host: "localhost:80" } })).status()).toBe(200);
});

/** What a raw connection gets for a text, until the server ends it. */
function told(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(process.env.E2E_PORT), "127.0.0.1", () => socket.write(text));
    let heard = "";
    socket.setEncoding("utf8").on("data", (data) => {
      heard += data;
    });
    socket.on("close", () => resolve(heard)).on("error", reject);
  });
}

for (const [what, text, status] of [
  ["an upgrade", "GET /nope HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 404],
  [
    "an upgrade for another host",
    "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: a\r\n\r\n",
    421,
  ],
  ["a health check without a host", "GET /readyz HTTP/1.0\r\n\r\n", 200],
  ["a health check by another name", "HEAD /livez HTTP/1.1\r\nHost: inner.lan\r\nConnection: close\r\n\r\n", 200],
  [
    "an address of another server",
    "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    400,
  ],
  ["no address", "GET * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400],
  ["a tunnel", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", 405],
  [
    "a page that is put",
    "PUT /applications HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    405,
  ],
  ["nonsense", "nonsense\r\n\r\n", 400],
] as const)
  test(`${what} is answered by ${status}, with the headers of all answers, and its connection ends`, async () => {
    const heard = await told(text);
    expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(heard).toMatch(/x-content-type-options: nosniff\r\n/i);
    expect(heard).toMatch(/content-security-policy: default-src 'none';.* frame-ancestors 'none'/i);
  });

const proxies: Record<string, Record<string, string>> = {
  "the name": { host: "localhost", origin: "https://localhost" },
  "the name and another port": { host: "localhost", origin: "https://localhost:8443" },
  "the name forwarded twice": { "x-forwarded-host": "localhost:8443, inner", origin: "https://localhost:8443" },
};
for (const [how, headers] of Object.entries(proxies))
  test(`changes work behind a proxy that ends TLS: ${how}`, async ({ request }) => {
    const upload = "/applications/1/campaigns/1/referrals/import/upload?name=a.csv";
    const uploaded = await request.post(upload, { headers, data: "nothing" });
    expect(uploaded.status()).toBe(400); // read and found to be no file of codes
    const { node } = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8"));
    const [action] = Object.keys(node);
    const acted = await request.post("/applications/1/campaigns/1/referrals", {
      headers: { ...headers, "next-action": action ?? "", "content-type": "text/plain;charset=UTF-8" },
      data: "[{}]",
    });
    expect(acted.status()).toBe(200);
    expect(await acted.text()).toContain('"code":"invalid"');
  });

test("a change that another site's page sends is refused", async ({ request }) => {
  const answer = await request.post("/applications", { headers: { origin: "https://evil.example" }, data: "x" });
  expect(answer.status()).toBe(403);
});
