import type { Page } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";
import { makeCampaign } from "./pages/create";
import { ReferralList } from "./pages/referral-list";

/** Opens a page whose scripts do not come before `come` is called, which waits until they have. */
async function withoutScripts(page: Page, path: string, campaign = campaignPath(1)) {
  let call = () => {};
  const called = new Promise<void>((resolve) => {
    call = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await called;
    await route.continue();
  });
  await page.goto(campaign + path, { waitUntil: "commit" });
  return {
    async come() {
      expect(await page.evaluate(() => Object.keys(document).some((key) => key.startsWith("__react")))).toBe(false);
      call();
      await page.waitForLoadState("load");
    },
  };
}

test("a file that is chosen before the page's scripts have come is uploaded when they have", async ({ page }) => {
  const { come } = await withoutScripts(page, "/referrals/import");
  const buffer = Buffer.from("code,advocateprofileintegrationid\nEARLY-1,ann\nEARLY-2,ben\n");
  await page.getByLabel("Choose a CSV file").setInputFiles({ name: "early.csv", mimeType: "text/csv", buffer });
  await come();
  await expect(page.getByRole("button", { name: "Import 2 codes" })).toBeVisible();
});

test("a search that is typed before the page's scripts have come is searched", async ({ page }) => {
  const list = new ReferralList(page);
  const { come } = await withoutScripts(page, "/referrals");
  const [, code = ""] = await list.codes();
  await list.search.pressSequentially(code);
  await come();
  await expect(list.copyButtons).toHaveCount(1);
  await expect(page).toHaveURL(new RegExp(`q=${code}`));
  await expect(list.search).toHaveValue(code);
});

test("rows that are ticked before the page's scripts have come are selected, as they stand then", async ({ page }) => {
  const list = new ReferralList(page);
  const { come } = await withoutScripts(page, "/referrals");
  const [first = "", second = "", third = ""] = await list.codes();
  for (const code of [first, second, third]) await list.box(code).check();
  await list.box(second).uncheck();
  await come();
  await expect(page.getByText("2 codes selected")).toBeVisible();
  await expect(list.box(first)).toBeChecked();
  await expect(list.box(second)).not.toBeChecked();
});

test("what is filled into a form early is what it is sent with, also where it is sent early", async ({ page }) => {
  const { come } = await withoutScripts(page, "/referrals/new");
  const advocate = page.getByRole("textbox", { name: "Advocate's Integration ID" });
  await page.getByRole("radio", { name: "Unlimited" }).check();
  await page.getByRole("combobox", { name: "tier" }).selectOption("gold");
  await page.getByRole("textbox", { name: "note" }).fill("early note");
  await advocate.fill("early-advocate");
  await advocate.press("Enter");
  await expect(advocate).toHaveValue("early-advocate");
  await come();
  await expect(page).toHaveURL(/done=/);
  await page.goto(campaignPath(1, "/referrals?q=early-advocate&columns=code,advocate,redemptions,attr.tier,attr.note"));
  const row = page.getByRole("row").filter({ hasText: "early-advocate" });
  for (const text of ["unlimited", "gold", "early note"]) await expect(row).toContainText(text);
});

for (const typed of ["", "typed "]) {
  test(`who is in a text when the page's scripts come goes on where they were, with “${typed}” typed before`, async ({
    page,
  }) => {
    const campaign = await makeCampaign(page, `Early ${typed}name`);
    const save = async () => {
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("Settings saved")).toBeVisible();
    };
    await page.goto(`${campaign}/settings`);
    await page.getByRole("textbox", { name: "Description" }).fill("A friend gets 10 % off.");
    await save();
    for (const field of ["Name", "Description"]) {
      const box = page.getByRole("textbox", { name: field });
      const { come } = await withoutScripts(page, "/settings", campaign);
      const stored = await box.inputValue();
      await box.evaluate((control: HTMLInputElement | HTMLTextAreaElement) => {
        control.focus();
        control.setSelectionRange(4, 7);
      });
      if (typed) await page.keyboard.insertText(typed);
      await come();
      const taken = () => box.evaluate((control) => Object.keys(control).some((key) => key.startsWith("__reactProps")));
      await expect.poll(taken).toBe(true);
      await page.keyboard.insertText("…");
      const now = `${stored.slice(0, 4)}${typed}…${stored.slice(7)}`;
      await expect(box).toHaveValue(now);
      await save();
      await page.reload();
      await expect(box).toHaveValue(now);
    }
  });
}
