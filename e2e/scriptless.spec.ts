import type { Page } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";

test.use({ javaScriptEnabled: false });

// Not by its text: Playwright looks for none in a noscript.
const note = (page: Page) => page.locator("noscript p");

test("without scripts pages say so, can be read and followed, and show nothing dead or endless", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals"));
  await expect(note(page)).toBeVisible();
  await expect(page.getByRole("table").getByRole("rowheader").first()).toContainText(/\w{4,}/);
  await expect(page.getByText("Counting…")).toBeHidden();
  for (const name of ["Add filter", "Columns", "Views", "Export"])
    await expect(page.getByRole("button", { name, exact: true })).toBeHidden();
  for (const name of ["Code", "Redemptions", "Created", "Valid from", "Valid until"])
    await expect(page.getByRole("columnheader", { name, exact: true })).toContainText(name);
  await expect(page.getByRole("columnheader").getByRole("button", { name: /^Created/ })).toBeVisible();
  await expect(page.getByRole("searchbox")).toBeHidden();
  await expect(page.getByRole("checkbox").first()).toBeHidden();
  for (const name of ["Create referrals", "Import"])
    await expect(page.getByRole("link", { name, exact: true })).toBeHidden();
  await page.getByRole("link", { name: "Next", exact: true }).click();
  await expect(page).toHaveURL(/after=|page=/);

  await page.goto(campaignPath(1, "/referrals?status=active"));
  await expect(page.getByRole("button", { name: "Edit filter: Status Active" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove filter: Status" })).toBeHidden();
  await page.goto(campaignPath(1, "/referrals/1"));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: /Edit|Delete/ }).first()).toBeHidden();

  await page.goto(campaignPath(1));
  await expect(page.locator(".animate-pulse").first()).toBeHidden();
  await page.goto(campaignPath(1, "/settings"));
  await expect(note(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toBeHidden();
});
