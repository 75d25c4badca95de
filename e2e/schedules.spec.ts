import { campaignPath, expect, test } from "./fixtures";
import { expectAccessible, narrow } from "./pages/axe";
import { makeBatch } from "./pages/create";

test.describe.configure({ timeout: 180_000 });

/** A moment on the clocks of the demo's zone, as it is typed. */
function typed(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  return `${day} 09:00`;
}

test("an edit is scheduled with its end, stands in Operations, and is cancelled there", async ({ page }) => {
  const batchId = await makeBatch(page, 12, "weekend");
  await page.goto(campaignPath(1, `/referrals/edit?batch=${batchId}`));
  await page.getByRole("combobox", { name: "What to do with Redemption limit" }).selectOption("set");
  await page.getByRole("textbox", { name: "Redemption limit" }).fill("777");
  await page.getByRole("button", { name: "At another time…" }).click();
  const schedule = page.getByRole("button", { name: "Schedule the change of 12 codes" });
  await expect(schedule).toBeEnabled();

  await page.getByRole("textbox", { name: "Change at" }).fill("2020-01-01 10:00");
  await schedule.click();
  await expect(page.getByText("This moment has passed.")).toBeVisible();
  await page.getByRole("textbox", { name: "Change at" }).fill("2027-03-28 02:30");
  await schedule.click();
  await expect(page.getByText(/02:30 does not exist in Europe\/Berlin: clocks are put forward/).first()).toBeVisible();
  await page.getByRole("textbox", { name: "Change at" }).fill(typed(3));
  await page.getByRole("textbox", { name: "Take back at" }).fill(typed(1));
  await schedule.click();
  await expect(page.getByText("It cannot be taken back before it is made.")).toBeVisible();
  await page.getByRole("textbox", { name: "Take back at" }).fill(typed(5));
  await expectAccessible(page);
  await schedule.click();

  await expect(page).toHaveURL(/\/operations$/);
  const table = page.getByRole("table", { name: "Scheduled changes, soonest first" });
  const row = table.getByRole("row").filter({ hasText: "Redemption limit: 777" });
  await expect(row).toContainText(`${batchId}, 12 codes`);
  await expect(row).toContainText(/09:00 \(in [23] days\)/);
  await expectAccessible(page);
  await page.setViewportSize(narrow);
  await expectAccessible(page);
  await row.getByRole("button", { name: "Cancel" }).click();
  await expect(row).toBeHidden();
});
