import { expect, test } from "@playwright/test";

for (const path of ["/livez", "/readyz"]) {
  test(`${path} answers 200 and is never stored`, async ({ request }) => {
    const response = await request.get(path);
    expect(response.status()).toBe(200);
    expect(response.headers()["cache-control"]).toBe("no-store");
  });
}

test("requests for a name that is not this server's are refused, whoever passes them on", async ({ request }) => {
  const asked: Record<string, string>[] = [{ host: "evil.example" }, { "x-forwarded-host": "evil.example:3000" }];
  for (const headers of asked) {
    const answer = await request.get("/applications", { headers });
    expect(answer.status()).toBe(421);
    expect(await answer.text()).toContain("ALLOWED_HOSTS=evil.example");
  }
  expect((await request.get("/applications", { headers: { host: "localhost:80" } })).status()).toBe(200);
});
