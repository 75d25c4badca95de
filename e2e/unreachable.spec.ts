import type { Page } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";
import { ReferralList } from "./pages/referral-list";

const text = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

test.describe("where the server is out of reach", () => {
  test.use({ expectedErrors: [/net::ERR_FAILED/] });
  const said = /The server did not answer\. .* What you entered is kept/;

  test.beforeEach(async ({ page }) => {
    await page.route("**/*", (route) =>
      route.request().method() === "POST" ? route.abort("failed") : route.continue(),
    );
  });

  test("settings, and codes that were pasted, stay as they were typed", async ({ page }) => {
    await page.goto(campaignPath(3, "/settings"));
    await text(page, "Name").fill("Kept name");
    await page.getByRole("button", { name: "Save settings" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText(said);
    await expect(text(page, "Name")).toHaveValue("Kept name");
    await expect(page.getByRole("button", { name: "Save settings" })).toBeEnabled();

    const list = new ReferralList(page);
    page.once("dialog", (question) => question.accept());
    await list.open();
    await page.getByRole("button", { name: "Add filter" }).click();
    await page.getByRole("button", { name: "Pasted codes" }).click();
    const dialog = page.getByRole("dialog", { name: "Find pasted codes" });
    await dialog.getByRole("textbox", { name: "Codes" }).fill("WELCOME-LENA");
    await dialog.getByRole("button", { name: "Find codes" }).click();
    await expect(dialog).toContainText(said);
    await expect(dialog.getByRole("textbox", { name: "Codes" })).toHaveValue("WELCOME-LENA");
    await expect(dialog.getByRole("button", { name: "Find codes" })).toBeEnabled();
  });

  test("a view and chosen codes can be tried again", async ({ page }) => {
    const list = new ReferralList(page);
    await list.open("?batch=nxbcayrs");
    await list.complete();
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("button", { name: "Save as a view" }).click();
    await text(page, "Name of the view").fill("Unsaved");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Views" })).toContainText(said);
    await page.keyboard.press("Escape");
    await page.getByRole("checkbox", { name: "Select this page" }).check();
    await page
      .getByRole("region", { name: "Selected codes" })
      .getByRole("button", { name: "Edit", exact: true })
      .click();
    await expect(page.getByText(said)).toBeVisible();
    await expect(page.getByText("12 codes selected")).toBeVisible();
  });

  test("no batch is said to be missing that nobody could look for", async ({ page }) => {
    const list = new ReferralList(page);
    await list.open();
    const popup = await list.addFilter("Batch ID");
    const missing = popup.getByText("No batch of this campaign is called so.");
    const box = popup.getByRole("textbox", { name: "Name or ID" });
    await box.fill("nothing like it");
    await expect(missing).toBeVisible();
    await page.route("**/batches/find*", (route) => route.abort("failed"));
    await box.fill("nothing like it at all");
    await expect(missing).toBeHidden();
  });
});
