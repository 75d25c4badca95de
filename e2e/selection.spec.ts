import { campaignPath, clipboardText, expect, test } from "./fixtures";
import { expectAccessible, narrow } from "./pages/axe";
import { makeBatch } from "./pages/create";
import { download, parseRows } from "./pages/downloads";
import { ReferralList } from "./pages/referral-list";

test.describe.configure({ timeout: 180_000 });

const created480 = "tqyrgahe";
const influencers12 = "nxbcayrs";

test("rows are ticked one by one, by a range and by the page, on several pages; the count stays in sight", async ({
  page,
}) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${created480}&size=25`);
  const first = await list.codes();
  const bar = page.getByRole("region", { name: "Selected codes" });
  const wholePage = page.getByRole("checkbox", { name: "Select this page" });
  await expect(bar).toBeHidden();
  await list.box(first[1] ?? "").check();
  await list.box(first[4] ?? "").click({ modifiers: ["Shift"] });
  await expect(bar.getByText("4 codes selected")).toBeVisible();
  await expect(wholePage).toHaveJSProperty("indeterminate", true);
  await list.step("Next").click();
  await expect(list.position).toHaveText("26–50 of 480");
  await wholePage.check();
  await expect(bar.getByText("29 codes selected")).toBeVisible();
  await list.step("Previous").click();
  await expect(list.position).toHaveText("1–25 of 480");
  await expect(list.box(first[2] ?? "")).toBeChecked();
  await list.box(first[2] ?? "").uncheck();
  await expect(bar.getByText("28 codes selected")).toBeVisible();
  await bar.getByRole("button", { name: "Copy codes" }).click();
  await expect(page.getByText("Copied 28 codes")).toBeVisible();
  expect((await clipboardText(page)).split("\n")).toHaveLength(28);
  await bar.getByRole("button", { name: "Clear selection" }).click();
  await expect(bar).toBeHidden();
  await expect(list.search).toBeVisible();
});

test("all that match are frozen when chosen; later codes stay out; they are exported, edited and deleted", async ({
  page,
}) => {
  const word = "frozen-set";
  await makeBatch(page, 30, word);
  const list = new ReferralList(page);
  await list.open(`?advocate=has:${word}&size=25`);
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  const bar = page.getByRole("region", { name: "Selected codes" });
  await bar.getByRole("button", { name: "Select all 30 matching" }).click();
  await expect(bar.getByText("30 codes selected")).toBeVisible();
  await expect(bar.getByText(/as of \d\d:\d\d; codes that arrive later stay out/)).toBeVisible();

  await bar.getByRole("button", { name: "Export" }).click();
  const exporting = page.getByRole("dialog", { name: "Export" });
  await expect(exporting.getByRole("status")).toContainText("30 codes in referrals-refer-a-friend-selection");
  const { text } = await download(exporting.getByRole("link", { name: "Download" }));
  expect(parseRows(text)).toHaveLength(30);
  await bar.getByRole("button", { name: "Copy codes" }).click();
  await expect(page.getByText("Copied 30 codes")).toBeVisible();
  expect((await clipboardText(page)).trim().split("\n")).toHaveLength(30);

  await bar.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit 30 selected codes");
  await makeBatch(page, 5, word);
  await list.open(`?advocate=has:${word}&size=25`);
  await expect(list.position).toHaveText("1–25 of 35");
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  await bar.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Delete 25 selected codes");
  await page.getByRole("button", { name: "Delete 25 codes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Deleted 25 codes");
});

test("nothing is said to be copied of what somebody else deleted meanwhile", async ({ page }) => {
  const batchId = await makeBatch(page, 2, "gone-meanwhile");
  const list = new ReferralList(page);
  await list.open(`?batch=${batchId}`);
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  const bar = page.getByRole("region", { name: "Selected codes" });
  await bar.getByRole("button", { name: "Select all 2 matching" }).click();
  await expect(bar.getByText(/as of/)).toBeVisible();
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(campaignPath(1, `/referrals/delete?batch=${batchId}`));
  await elsewhere.getByRole("button", { name: "Delete 2 codes" }).click();
  await expect(elsewhere).toHaveURL(/operations/);
  await elsewhere.close();
  await bar.getByRole("button", { name: "Copy codes" }).click();
  await expect(page.getByText(/^Copied /)).toHaveText("Copied 0 codes");
});

test.describe("pasted codes", () => {
  test.use({ expectedErrors: [/status of 400/] }); // a text without a code is refused

  test("are found, missed and counted once, and narrow the list", async ({ page }) => {
    const list = new ReferralList(page);
    await list.open(`?batch=${influencers12}`);
    const [one = "", two = ""] = await list.codes();
    await list.open();
    await page.getByRole("button", { name: "Add filter" }).click();
    await page.getByRole("button", { name: "Pasted codes" }).click();
    const dialog = page.getByRole("dialog", { name: "Find pasted codes" });
    await dialog.getByRole("button", { name: "Find codes" }).click();
    await expect(dialog.getByText("There is no code in this text.")).toBeVisible();
    await dialog
      .getByRole("textbox", { name: "Codes" })
      .fill(`Hello ${one}, ${two.toLowerCase()}\n${one};NO-SUCH-CODE`);
    await dialog.getByRole("button", { name: "Find codes" }).click();
    await expect(dialog.getByText("2 codes found in this text")).toBeVisible();
    await expect(dialog.getByText("1 repetition left out")).toBeVisible();
    await expect(dialog.getByText("1 code not found")).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Show 2 codes" }).click();
    await expect(list.position).toHaveText("1–2 of 2");
    expect((await list.codes()).toSorted()).toEqual([one, two].toSorted());
    await page.getByRole("button", { name: "Remove filter: Chosen codes" }).click();
    await expect(list.rows).toHaveCount(50);
  });
});

test("single codes are left out of what was chosen, by mouse and keyboard, and what remains is what counts", async ({
  page,
}) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${created480}&size=25`);
  const codes = await list.codes();
  const wholePage = page.getByRole("checkbox", { name: "Select this page" });
  await wholePage.check();
  const bar = page.getByRole("region", { name: "Selected codes" });
  await bar.getByRole("button", { name: "Select all 480 matching" }).click();
  await expect(bar.getByText("480 codes selected")).toBeVisible();
  await list.box(codes[3] ?? "").uncheck();
  await list.box(codes[5] ?? "").press("Space");
  await expect(bar.getByText("478 codes selected (2 left out)")).toBeVisible();
  await list.box(codes[5] ?? "").check();
  await expect(bar.getByText("479 codes selected (1 left out)")).toBeVisible();
  await list.step("Next").click();
  await expect(list.position).toHaveText("26–50 of 480");
  await wholePage.uncheck();
  await expect(bar.getByText("454 codes selected (26 left out)")).toBeVisible();
  await bar.getByRole("button", { name: "Copy codes" }).click();
  await expect(page.getByText("Copied 454 codes")).toBeVisible();
  expect(await clipboardText(page)).not.toContain(codes[3]);
  await bar.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit 454 selected codes");
  await page.goBack();
  await expect(bar.getByText("454 codes selected (26 left out)")).toBeVisible();
});

test("a mail pasted into the search box gives the codes in it, also with blanks for dashes", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${influencers12}`);
  const [one = "", two = ""] = await list.codes();
  await list.open();
  const mail = `Hello Anna,\n\nyour code is ${one}!\n${"So it goes. ".repeat(100)}\nThe other was ${two.replaceAll("-", " ")}.\n\nThanks\nTom`;
  await page.evaluate((text) => navigator.clipboard.writeText(text), mail);
  await list.search.focus();
  await page.keyboard.press("ControlOrMeta+V");
  await expect(page.getByText("2 codes found in this text")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show 2 codes" }).click();
  await expect(list.position).toHaveText("1–2 of 2");
  expect((await list.codes()).toSorted()).toEqual([one, two].toSorted());
  await expect(list.search).toHaveValue("");
});

test("a short search says that it finds beginnings, and the count stands beside what was asked", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open();
  await list.search.fill("nx");
  await expect(page.getByText("Codes and advocates that begin with “nx”. Three characters find parts.")).toBeVisible();
  await list.search.fill(influencers12);
  await expect(page.getByText("Three characters find parts")).toBeHidden();
  await expect(page.getByText("12 codes", { exact: true })).toBeVisible();
});

test("axe finds nothing in the selection's bar, at any width, and it fits a phone", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${influencers12}`);
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  const bar = page.getByRole("region", { name: "Selected codes" });
  await expect(bar.getByText("12 codes selected")).toBeVisible();
  await expectAccessible(page);
  await bar.getByRole("button", { name: "Select all 12 matching" }).click();
  await expect(bar.getByText("as of")).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize(narrow);
  await expect(bar.getByRole("button", { name: "Delete" })).toBeVisible();
});

test("Back finds what was chosen, and a frozen set only under its own search", async ({ page }) => {
  const list = new ReferralList(page);
  const bar = page.getByRole("region", { name: "Selected codes" });
  await list.open("?status=active");
  await list.complete();
  await list.search.fill("nxbcayrs");
  await expect(page).toHaveURL(/q=nxbcayrs/);
  await expect(list.rows).toHaveCount(12);
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  await bar.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit 12 selected codes");
  await page.goBack();
  await expect(bar.getByText("12 codes selected")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Select this page" })).toBeChecked();

  await bar.getByRole("button", { name: /^Select all 12 matching/ }).click();
  await expect(bar.getByText("codes that arrive later stay out")).toBeVisible();
  await page.goto(page.url().replace("q=nxbcayrs", "q=tqyrgahe"));
  await list.complete();
  await expect(bar).toBeHidden();
  await expect(list.table.getByRole("checkbox", { checked: true })).toHaveCount(0);
});

test("the keyboard keeps its place where a control takes itself away", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open("?status=active&redemptions=none");
  await list.complete();
  await page.getByRole("button", { name: "Remove filter: Status" }).press("Enter");
  await expect(page).not.toHaveURL(/status/);
  await expect(page.locator(":focus")).toHaveAccessibleName(/filter|Search/);
  await page.getByRole("button", { name: "Add filter" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Advocate", exact: true }).press("Enter");
  await expect(page.getByRole("dialog").getByRole("radio", { name: "Contains" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add filter" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Pasted codes …" }).press("Enter");
  await expect(page.getByRole("textbox", { name: "Codes" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Add filter" })).toBeFocused();
  await page.getByRole("checkbox", { name: "Select this page" }).press("Space");
  await page.getByRole("button", { name: "Clear selection" }).press("Enter");
  await expect(page.locator(":focus")).toHaveAccessibleName(/Search|filter/);
});
