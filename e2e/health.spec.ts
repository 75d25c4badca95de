import { expect, test } from "@playwright/test";

for (const path of ["/livez", "/readyz"]) {
  test(`${path} answers 200 and is never stored`, async ({ request }) => {
    const response = await request.get(path);
    expect(response.status()).toBe(200);
    expect(response.headers()["cache-control"]).toBe("no-store");
  });
}
