import type { Page } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";
import { axeOn } from "./pages/axe";
import { makeBatch, makeCode } from "./pages/create";

const panel = (page: Page) => page.getByRole("dialog");
const message = (page: Page, text: string) => page.getByRole("listitem").filter({ hasText: text });
const row = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text }).first();

test("a batch is extended from a row of the list by four presses, and undone by one", async ({ page }) => {
  const batchId = await makeBatch(page, 9, "extended");
  await page.goto(campaignPath(1, `/referrals?batch=${batchId}`));
  await row(page, "extended-9")
    .getByRole("button", { name: /^Actions/ })
    .click();
  await page.getByRole("menuitem", { name: "Batch: extend…" }).click();
  await expect(panel(page).getByRole("textbox", { name: "Valid until" })).toBeFocused();
  await page.keyboard.type("2031-05-31");
  await expect(panel(page).getByRole("status")).toContainText("9 codes will be changed");
  expect((await axeOn(page).analyze()).violations).toEqual([]);
  await panel(page).getByRole("button", { name: "Change 9 codes" }).click();
  await expect(panel(page)).toBeHidden();
  await expect(row(page, "extended-1")).toContainText("31 May 2031");
  await message(page, "Changed 9 codes").getByRole("button", { name: "Undo" }).click();
  await expect(message(page, "Undone: 9 codes changed")).toBeVisible();
  await expect(row(page, "extended-1")).not.toContainText("31 May 2031");
});

test("one code gets another limit with the keyboard alone; what cannot be is said at once", async ({ page }) => {
  await makeCode(page, "QUICK-LIMIT", "quick");
  await page.goto(campaignPath(1, "/referrals?q=QUICK-LIMIT"));
  await row(page, "QUICK-LIMIT")
    .getByRole("button", { name: /^Actions/ })
    .focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Copy code" })).toBeFocused();
  await page.keyboard.type("cc");
  await expect(page.getByRole("menuitem", { name: "Change limit…", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  const limit = panel(page).getByRole("textbox", { name: "Redemption limit" });
  await expect(limit).toBeFocused();
  await limit.fill("1000000");
  await expect(panel(page).getByText("is out of range")).toBeVisible();
  await expect(panel(page).getByRole("button", { name: "Change codes" })).toBeDisabled();
  await limit.fill("12");
  await expect(panel(page).getByRole("button", { name: "Change 1 code" })).toBeEnabled();
  await page.keyboard.press("Enter");
  await expect(panel(page)).toBeHidden();
  await expect(row(page, "QUICK-LIMIT")).toContainText("0 / 12");
});

test("chosen codes get an attribute, and a batch's page has the same", async ({ page }) => {
  const batchId = await makeBatch(page, 3, "chosen-quick");
  await page.goto(campaignPath(1, `/referrals?batch=${batchId}`));
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  const bar = page.getByRole("region", { name: "Selected codes" });
  await bar.getByRole("button", { name: "Quick edit" }).click();
  await page.getByRole("menuitem", { name: "Set attribute…" }).click();
  await panel(page).getByLabel("Attribute", { exact: true }).selectOption({ index: 1 });
  const value = panel(page).locator("[name^='attributes.']");
  if ((await value.evaluate((one) => one.tagName)) === "SELECT") await value.selectOption({ index: 1 });
  else await value.fill("gold");
  await panel(page).getByRole("button", { name: "Change 3 codes" }).click();
  await expect(message(page, "Changed 3 codes")).toBeVisible();

  await page.goto(campaignPath(1, `/referrals/batches/${batchId}`));
  await page.getByRole("button", { name: "Quick edit" }).click();
  await page.getByRole("menuitem", { name: "Change limit…" }).click();
  await panel(page).getByRole("textbox", { name: "Redemption limit" }).fill("4");
  await panel(page).getByRole("button", { name: "Change 3 codes" }).click();
  await expect(message(page, "Changed 3 codes")).toBeVisible();
  await page.goto(campaignPath(1, `/referrals?batch=${batchId}`));
  await expect(row(page, "chosen-quick-1")).toContainText("0 / 4");
});

test("a long code stays inside the panel, and what is no number is said at its field", async ({ page }) => {
  const code = `${"L".repeat(99)}Q`;
  await page.setViewportSize({ width: 390, height: 844 });
  await makeCode(page, code, "long");
  await page.goto(campaignPath(1, `/referrals?q=${code}`));
  await page.getByRole("button", { name: /^Actions/ }).click();
  await page.getByRole("menuitem", { name: "Change limit…", exact: true }).click();
  await panel(page).getByRole("textbox", { name: "Redemption limit" }).fill("abc");
  await expect(panel(page).getByText("“abc”")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
});

test("an attribute that somebody deletes meanwhile is refused at its value", async ({ page, context }) => {
  await makeCode(page, "QUICK-GONE", "quick");
  await page.goto("/applications/1/attributes/new");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("soon_gone");
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Soon gone");
  await page.getByRole("button", { name: "Add attribute" }).click();
  await expect(page.getByRole("link", { name: "soon_gone" })).toBeVisible();
  await page.goto(campaignPath(1, "/referrals?q=QUICK-GONE"));
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  const bar = page.getByRole("region", { name: "Selected codes" });
  await bar.getByRole("button", { name: "Quick edit" }).click();
  await page.getByRole("menuitem", { name: "Set attribute…" }).click();
  await panel(page).getByLabel("Attribute", { exact: true }).selectOption("Soon gone");

  const other = await context.newPage();
  await other.goto("/applications/1/attributes/soon_gone/edit");
  await other.getByRole("button", { name: "Delete…" }).click();
  await other.getByRole("alertdialog").getByRole("button", { name: "Delete attribute" }).click();
  await expect(other.getByText("Deleted soon_gone")).toBeVisible();

  await panel(page).locator("[name='attributes.soon_gone']").fill("gold");
  await expect(panel(page).getByText(/no attribute.*soon_gone/)).toBeVisible();
  await expect(panel(page).getByRole("button", { name: "Change codes" })).toBeDisabled();
});
