import type { Locator, Page } from "@playwright/test";
import { clipboardText, expect, spoilClipboard, test } from "./fixtures";
import { makeCampaign, makeCode } from "./pages/create";
import { ReferralList } from "./pages/referral-list";

test("from the list to a code that was copied and edited", async ({ page }) => {
  const code = "KEYS-ALONE";
  await makeCode(page, code, "keyboard");
  const list = new ReferralList(page);
  await list.open(`?q=${code}`);
  await spoilClipboard(page);

  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, list.copyButtons.first());
  await page.keyboard.press("Enter");
  await expect(list.copyButtons.first().getByText("Copied")).toBeVisible();
  expect(await clipboardText(page)).toBe(code);

  await tabTo(page, page.getByRole("button", { name: `Actions for ${code}` }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Copy code" })).toBeFocused();
  await page.keyboard.type("e");
  await expect(page.getByRole("menuitem", { name: "Edit referral" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Edit ${code}`);

  await tabTo(page, page.getByRole("textbox", { name: "Redemption limit" }));
  await page.keyboard.press("Control+A");
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/referrals\/\d+$/);
  await expect(page.getByRole("main")).toContainText("0 of 12 times");
});

test("a code, a batch and a file of codes are made", async ({ page }) => {
  const list = `${await makeCampaign(page, "By keyboard alone")}/referrals`;
  const heading = page.getByRole("heading", { level: 1 });
  await page.goto(list);
  await press(page, page.getByRole("link", { name: "Create referrals", exact: true }).first());
  await expect(heading).toHaveText("Create referrals");
  await tabTo(page, page.getByRole("textbox", { name: "Advocate's Integration ID" }));
  await page.keyboard.type("key-ann");
  await press(page, page.getByRole("button", { name: "Create 1 code" }));
  await expect(heading).toHaveText("Code created");

  await press(page, page.getByRole("link", { name: "Create more" }));
  await expect(heading).toHaveText("Create referrals");
  await tabTo(page, page.getByRole("radio", { name: "One advocate" }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "Many advocates" })).toBeChecked();
  await tabTo(page, page.getByRole("textbox", { name: "Integration IDs" }));
  await page.keyboard.type("key-ben\nkey-eva\nkey-zoe");
  await press(page, page.getByRole("button", { name: "Create 3 codes" }));
  await expect(heading).toHaveText("3 codes created");

  await page.goto(list);
  await press(page, page.getByRole("link", { name: "Import", exact: true }).first());
  await expect(heading).toHaveText("Import referrals");
  const choosing = page.waitForEvent("filechooser");
  await press(page, page.getByLabel("Choose a CSV file"));
  const buffer = Buffer.from("code,advocateprofileintegrationid\nKEYS-FILE-1,key-ann\nKEYS-FILE-2,key-ben\n");
  await (await choosing).setFiles({ name: "codes.csv", mimeType: "text/csv", buffer });
  await press(page, page.getByRole("button", { name: "Import 2 codes" }));
  await expect(page.getByRole("main").getByText("Imported 2 codes", { exact: true })).toBeVisible();
});

/** Goes to something by Tab, and presses Enter there. */
async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Presses Tab until the focus is there; a page that takes more than 60 of them hides it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}
