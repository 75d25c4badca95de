import type { Page } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";
import { axeOn } from "./pages/axe";
import { makeBatch } from "./pages/create";

const message = (page: Page, text: string | RegExp) => page.getByRole("listitem").filter({ hasText: text });
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
/** The rows of Operations about a batch, newest first; other tests run beside this one. */
const rowsOf = (page: Page, batchId: string) => page.getByRole("row").filter({ hasText: batchId });

/** Sets the limit of a batch by its form. */
async function setLimit(page: Page, batchId: string, limit: string, codes: number): Promise<void> {
  await page.goto(campaignPath(1, `/referrals/edit?batch=${batchId}`));
  await page.getByLabel("What to do with Redemption limit").selectOption("set");
  await page.getByRole("textbox", { name: "Redemption limit" }).fill(limit);
  await page.getByRole("button", { name: `Change ${codes} codes` }).click();
}

test("a change is undone by one press of its message, and by z, again and again", async ({ page }) => {
  const batchId = await makeBatch(page, 3, "one press");
  await setLimit(page, batchId, "77", 3);
  const changed = message(page, "Changed 3 codes");
  await expect(changed).toBeVisible();
  expect((await axeOn(page).analyze()).violations).toEqual([]);
  await changed.getByRole("button", { name: "Undo" }).click();
  await expect(message(page, "Undone: 3 codes changed").getByRole("button", { name: "Redo" })).toBeVisible();
  await page.goto(campaignPath(1, "/operations"));
  await expect(rowsOf(page, batchId).first()).toContainText(/Undid operation \d+: 3 codes changed/);

  await setLimit(page, batchId, "78", 3);
  await expect(message(page, "Changed 3 codes")).toBeVisible();
  await page.keyboard.press("z");
  await expect(message(page, "Undone: 3 codes changed")).toHaveCount(1);
  await page.keyboard.press("z");
  await expect(message(page, "Undone: 3 codes changed")).toHaveCount(2);
});

test("the message is reached by keyboard", async ({ page }) => {
  const batchId = await makeBatch(page, 2, "by keys");
  await setLimit(page, batchId, "5", 2);
  await expect(message(page, "Changed 2 codes")).toBeVisible();
  await page.keyboard.press("Alt+T");
  await page.keyboard.press("Tab");
  const undo = message(page, "Changed 2 codes").getByRole("button", { name: "Undo" });
  for (let press = 0; press < 4 && !(await undo.evaluate((one) => one === document.activeElement)); press += 1)
    await page.keyboard.press("Tab");
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(message(page, "Undone: 2 codes changed")).toBeVisible();
});

test("each row of Operations is undone by one press, or by z while it has the focus", async ({ page }) => {
  const batchId = await makeBatch(page, 4, "row");
  await page.goto(campaignPath(1, "/operations"));
  const rows = rowsOf(page, batchId);
  await rows.first().getByRole("button", { name: "Undo Created 4 codes" }).click();
  await expect(rows.last()).toContainText(/Undone by \d+/);
  await expect(rows.first()).toContainText("4 codes deleted");
  await rows.first().getByRole("link").first().focus();
  await page.keyboard.press("z");
  await expect(rows.first()).toContainText("4 codes brought back");
});

test("what would be left of it is shown first", async ({ page }) => {
  const batchId = await makeBatch(page, 2, "incomplete");
  await setLimit(page, batchId, "6", 2);
  await expect(message(page, "Changed 2 codes")).toBeVisible();
  await setLimit(page, batchId, "7", 2);
  await expect(message(page, "Changed 2 codes")).toBeVisible();
  await page.goto(campaignPath(1, "/operations"));
  await rowsOf(page, batchId).nth(1).getByRole("button", { name: "Undo Edited 2 codes" }).click();
  await expect(heading(page)).toHaveText("Edited 2 codes");
  await expect(page.getByText("Not all of it can be undone.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Change 0 codes" })).toBeDisabled();
  await page.reload();
  await expect(page.getByText("Not all of it can be undone.")).toBeHidden();
});

test("what was just created is undone where it is told", async ({ page }) => {
  await makeBatch(page, 5, "created");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(message(page, "Undone: 5 codes deleted")).toBeVisible();
  await expect(page.getByText("Undone since, by")).toBeVisible();
});
