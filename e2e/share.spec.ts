import { campaignPath, clipboardText, expect, spoilClipboard, test } from "./fixtures";
import { axeOn } from "./pages/axe";
import { makeBatch, makeCode } from "./pages/create";
import { ReferralList } from "./pages/referral-list";

test("the link of a code is copied from its row, by a key, and from its page, beside its QR code", async ({ page }) => {
  const code = "SHARE%ME";
  const link = "https://shop.example/?ref=SHARE%25ME";
  await makeCode(page, code, "sharer");
  const list = new ReferralList(page);
  await list.open(`?q=SHARE`);
  await spoilClipboard(page);
  await (await list.menu(code)).getByRole("menuitem", { name: "Copy link" }).click();
  await expect(list.row(code).getByText("Copied")).toBeVisible();
  expect(await clipboardText(page)).toBe(link);
  await spoilClipboard(page);
  await list
    .row(code)
    .getByRole("button", { name: `Copy code ${code}` })
    .focus();
  await page.keyboard.press("l");
  await expect.poll(() => clipboardText(page)).toBe(link);

  await (await list.menu(code)).getByRole("menuitem", { name: "Open referral" }).click();
  const image = page.getByRole("img", { name: `QR code of the link of ${code}` });
  await expect(image).toBeVisible();
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth > 0)).toBe(true);
  expect((await axeOn(page).analyze()).violations).toEqual([]);
  await spoilClipboard(page);
  await page.getByRole("button", { name: `Copy link of ${code}` }).click();
  await expect.poll(() => clipboardText(page)).toBe(link);
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "QR code as PNG" }).click();
  expect((await saved).suggestedFilename()).toBe("qr-SHARE-ME.png");
});

test("the links of chosen codes are copied, and exported for a mail merge", async ({ page }) => {
  const batchId = await makeBatch(page, 3, "merge");
  const list = new ReferralList(page);
  await list.open(`?batch=${batchId}`);
  const codes = await list.codes();
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  const bar = page.getByRole("region", { name: "Selected codes" });
  await bar.getByRole("button", { name: "Copy links" }).click();
  const links = codes.map((code) => `https://shop.example/?ref=${code}`).sort();
  await expect.poll(async () => (await clipboardText(page)).split("\n").sort()).toEqual(links);
  await bar.getByRole("button", { name: "Export selected" }).click();
  const exporting = page.getByRole("dialog", { name: "Export" });
  await exporting.getByRole("radio", { name: "For a mail merge" }).check();
  await expect(exporting.getByRole("status")).toContainText("3 codes in mail-merge-refer-a-friend");
  const saved = page.waitForEvent("download");
  await exporting.getByRole("link", { name: "Download" }).click();
  expect((await saved).suggestedFilename()).toMatch(/^mail-merge-refer-a-friend-.*\.csv$/);
});

test("a campaign says what its links look like; what is no such pattern is refused in words", async ({ page }) => {
  await page.goto(campaignPath(3, "/settings"));
  const pattern = page.getByRole("textbox", { name: "Link" });
  for (const [text, said] of [
    ["https://vip.example/?ref=", "says nowhere where the code goes"],
    ["vip.example/{code}", "is no address of a web page"],
    ["https://{code}.vip.example/", "in the server's name"],
  ] as const) {
    await pattern.fill(text);
    await page.getByRole("button", { name: "Save settings" }).click();
    await expect(page.getByText(said).first()).toBeVisible();
  }
  await pattern.fill("https://vip.example/{code}");
  await expect(page.getByText("https://vip.example/7KQ2-XA9M")).toBeVisible();
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved").first()).toBeVisible();
  await page.reload();
  await expect(pattern).toHaveValue("https://vip.example/{code}");
});

test("a share text is checked, shown as it will be, and copied with what is of the code", async ({ page }) => {
  await page.goto("/applications/1/campaigns/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Shared by text");
  await page.getByRole("button", { name: "Create campaign" }).click();
  await page.waitForURL(/campaigns\/\d+/);
  const campaign = Number(/campaigns\/(\d+)/.exec(page.url())?.[1]);
  await page.goto(campaignPath(campaign, "/settings"));
  const text = page.getByRole("textbox", { name: "Share text" });
  for (const [typed, said] of [
    ["Hello", "says nowhere where the code goes"],
    ["{code} for {friend}", "nothing to stand in the place of {friend}"],
    ["Here: {link}", "has no links"],
  ] as const) {
    await text.fill(typed);
    await page.getByRole("button", { name: "Save settings" }).click();
    await expect(page.getByText(said).first()).toBeVisible();
  }
  await page.getByRole("textbox", { name: "Link" }).fill("https://text.example/{code}");
  await text.fill("{advocate}, here is {link} until {validUntil}");
  await expect(
    page.getByText("anna@example.com, here is https://text.example/7KQ2-XA9M until 1 Feb 2027"),
  ).toBeVisible();
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved").first()).toBeVisible();
  await makeCode(page, "BY-TEXT", "ana of text", campaign);
  await page.getByRole("link", { name: "View in the list" }).click();
  const list = new ReferralList(page, campaign);
  const shared = "ana of text, here is https://text.example/BY-TEXT until further notice";
  await spoilClipboard(page);
  await (await list.menu("BY-TEXT")).getByRole("menuitem", { name: "Copy share text" }).click();
  await expect(page.getByText("Copied the share text of BY-TEXT").first()).toBeVisible();
  expect(await clipboardText(page)).toBe(shared);
  await (await list.menu("BY-TEXT")).getByRole("menuitem", { name: "Open referral" }).click();
  await spoilClipboard(page);
  await page.getByRole("button", { name: "Copy share text of BY-TEXT" }).click();
  await expect.poll(() => clipboardText(page)).toBe(shared);
  expect((await axeOn(page).analyze()).violations).toEqual([]);
});

test("the links of a batch are copied where it was made, and on its page", async ({ page }) => {
  const batchId = await makeBatch(page, 2, "linked");
  for (const path of [null, campaignPath(1, `/referrals/batches/${batchId}`)]) {
    if (path !== null) await page.goto(path);
    await spoilClipboard(page);
    await page.getByRole("button", { name: "Copy all links" }).click();
    await expect(page.getByRole("button", { name: "Copied 2 links" })).toBeVisible();
    const links = (await clipboardText(page)).split("\n");
    expect(links).toHaveLength(2);
    for (const link of links) expect(link).toMatch(/^https:\/\/shop\.example\/\?ref=/);
  }
});
