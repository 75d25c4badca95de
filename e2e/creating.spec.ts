import { campaignPath, clipboardText, expect, spoilClipboard, test } from "./fixtures";
import { expectAccessible } from "./pages/axe";
import { makeCampaign } from "./pages/create";

test("1,000 codes for pasted advocates take three presses and a paste from the list", async ({ page }) => {
  const advocates = Array.from({ length: 1000 }, (_, index) => `pasted-${index}`).join("\n");
  await page.goto(campaignPath(1, "/referrals"));
  await page.evaluate((text) => navigator.clipboard.writeText(text), advocates);
  await page.getByRole("link", { name: "Create referrals", exact: true }).click();
  await page.getByText("Many advocates", { exact: true }).click();
  await page.keyboard.press("ControlOrMeta+v");
  await page.getByRole("button", { name: "Create 1,000 codes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("1,000 codes created");

  await expect(page.getByRole("list", { name: "First codes" }).getByRole("listitem")).toHaveCount(5);
  await expect(page.getByText("limit 1", { exact: true })).toBeVisible();
  await spoilClipboard(page);
  await page.getByRole("button", { name: "Copy all links" }).click();
  await expect(page.getByRole("button", { name: "Copied 1,000 links" })).toBeVisible();
  expect((await clipboardText(page)).split("\n")).toHaveLength(1000);
  await expectAccessible(page);
});

test("the last terms are offered again", async ({ page }) => {
  const campaign = await makeCampaign(page, "The same again");
  await page.goto(`${campaign}/referrals/new`);
  await page.getByRole("textbox", { name: "Advocate's Integration ID" }).fill("terms-1");
  await page.getByLabel("Number of redemptions").fill("10");
  await page.getByRole("radio", { name: "Until a date" }).check();
  await page.getByRole("textbox", { name: "Valid until" }).fill("2099-12-31");
  await page.getByRole("button", { name: "Create 1 code" }).click();
  await expect(page.getByText("limit 10, until 31 Dec 2099")).toBeVisible();
  await page.getByRole("link", { name: "Create more" }).click();
  await page.getByRole("button", { name: "As last time: limit 10, until 31 Dec 2099" }).click();
  await expect(page.getByLabel("Number of redemptions")).toHaveValue("10");
  await expect(page.getByRole("textbox", { name: "Valid until" })).toHaveValue("2099-12-31");
});
