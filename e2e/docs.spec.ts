import { expect, test } from "./fixtures";
import { expectAccessible, narrow } from "./pages/axe";

const refusedLine = /the server responded with a status of 401/;

test.describe("the documentation", () => {
  test.describe.configure({ timeout: 240_000 }); // axe reads every row of every operation, three times

  for (const [path, heading] of [
    ["/docs", "API"],
    ["/docs/move-from-talon-one", "Move from Talon.One"],
  ] as const) {
    test(`asks no other server, and axe finds nothing: ${path}`, async ({ page, baseURL }) => {
      const elsewhere: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(`${baseURL}/`) && !request.url().startsWith("data:"))
          elsewhere.push(request.url());
      });
      const response = await page.goto(path);
      expect(response?.headers()["content-security-policy"]).toContain("object-src 'none'");
      await expect(page.getByRole("heading", { level: 1 })).toContainText(heading);
      await expectAccessible(page);
      expect(elsewhere).toEqual([]);
    });
  }

  test("leads to each operation of /openapi.json, with its fields and examples", async ({ page, request, baseURL }) => {
    const answer = await request.get("/openapi.json");
    expect(answer.headers()["content-type"]).toBe("application/json; charset=utf-8");
    const { paths } = await answer.json();
    const names = Object.values<Record<string, { operationId: string }>>(paths).flatMap((verbs) =>
      Object.values(verbs).map(({ operationId }) => operationId),
    );
    await page.goto("/docs");
    for (const name of names) await expect(page.locator(`article[aria-labelledby="${name}"]`)).toBeVisible();
    await page.getByRole("navigation").getByRole("link", { name: "Make a code for an advocate" }).click();
    await expect(page).toHaveURL(/#createReferral$/);
    const section = page.locator('article[aria-labelledby="createReferral"]');
    await expect(section.getByRole("heading", { level: 3 })).toBeInViewport();
    await expect(section.getByRole("row", { name: /^usageLimit whole number/ }).first()).toContainText("0 to 999,999");
    await expect(section.getByText(`curl -X POST '${baseURL}/v1/referrals'`)).toBeVisible();
  });

  test.describe("tried", () => {
    test.use({ expectedErrors: [refusedLine], viewport: narrow });
    test("sends a request to this server, and shows its status, headers and answer", async ({ page }) => {
      await page.goto("/docs#createReferral");
      const section = page.locator('article[aria-labelledby="createReferral"]');
      await section.getByText("Try it on this server").click();
      await section.getByLabel("Integration key").fill("rfi_1_none");
      await section.getByRole("textbox", { name: "Body" }).fill('{"campaignId": 1}');
      const sent = page.waitForRequest((request) => request.url().endsWith("/v1/referrals"));
      await section.getByRole("button", { name: "Send" }).click();
      expect((await sent).headers().authorization).toBe("ApiKey-v1 rfi_1_none");
      expect((await sent).postData()).toBe('{"campaignId": 1}');
      await expect(section.getByRole("status")).toContainText("401");
      await expect(section.getByRole("region", { name: "Answer of createReferral" })).toContainText(
        '"StatusCode": 401',
      );
      await section.getByText("Headers", { exact: true }).click();
      await expect(section.getByRole("region", { name: /^Headers/ })).toContainText("www-authenticate");
      await page.reload();
      await section.getByText("Try it on this server").click();
      await expect(section.getByLabel("Integration key")).toHaveValue("");
    });
  });

  test.describe("without scripts", () => {
    test.use({ javaScriptEnabled: false });
    test("can be read", async ({ page }) => {
      await page.goto("/docs");
      const section = page.locator('article[aria-labelledby="createReferral"]');
      await expect(section.getByText("advocateProfileIntegrationId").first()).toBeVisible();
      await expect(section.getByText("Try it on this server")).toBeHidden();
      await page.getByRole("link", { name: "Move from Talon.One" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Move from Talon.One");
      await expect(page.getByText("TalonOne.ApiClient()").first()).toBeVisible();
    });
  });
});
