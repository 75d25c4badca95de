import { clipboardText, expect, spoilClipboard, test } from "./fixtures";
import { ReferralList } from "./pages/referral-list";

// Batches of the demo that no test changes.
const created480 = "tqyrgahe";
const influencers12 = "nxbcayrs";

test("those who hear the table are told which of how many rows these are", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${created480}&size=100`);
  await expect(list.table).toHaveAttribute("aria-rowcount", "481"); // the header is a row too
  await expect(list.rows.first()).toHaveAttribute("aria-rowindex", "2");
  await list.step("Next").click();
  await expect(list.rows.first()).toHaveAttribute("aria-rowindex", "102");
  await expect(list.rows.last()).toHaveAttribute("aria-rowindex", "201");
  await expect(list.table).toHaveAttribute("aria-rowcount", "481");
});

test("a cut text and an instant in full are told where they are tapped", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, hasTouch: true, viewport: { width: 1280, height: 800 } });
  const list = new ReferralList(await context.newPage());
  await list.open(`?batch=${created480}`);
  const told = list.page.getByRole("dialog", { name: "In full" });
  for (const cell of [list.rows.first().getByRole("cell").nth(2), list.rows.first().getByRole("cell").nth(4)]) {
    const hinted = (await cell.getAttribute("title")) === null ? cell.locator("[title]") : cell;
    const hint = await hinted.getAttribute("title");
    await expect(async () => {
      await hinted.tap();
      await expect(told).toHaveText(`In full${hint}`, { timeout: 500 });
    }).toPass(); // heard once the page's scripts are there
    await list.page.keyboard.press("Escape");
    await expect(told).toBeHidden();
  }
  await context.close();
});

test("a Batch ID copies, leads to its batch, and filters the list until the filter is removed", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open("?q=influencer-none");
  await expect(page.getByRole("heading", { name: "No codes found" })).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).first().click();
  await list.open(`?batch=${influencers12}`);
  await expect(list.position).toHaveText("1–12 of 12");
  await list.rows
    .first()
    .getByRole("button", { name: `Copy Batch ID ${influencers12}` })
    .click();
  expect(await clipboardText(page)).toBe(influencers12);
  await list.rows
    .first()
    .getByRole("link", { name: `Open batch ${influencers12}` })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(influencers12);
  await page.getByRole("link", { name: "Show codes" }).click();
  await expect(list.position).toHaveText("1–12 of 12");
  await page.getByRole("button", { name: "Remove filter: Batch ID" }).click();
  await expect(list.rows).toHaveCount(50);
  expect(new URL(page.url()).search).toBe("");
});

test("a row's menu works by keyboard alone", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${influencers12}`);
  const [first = ""] = await list.codes();
  const button = page.getByRole("button", { name: `Actions for ${first}`, exact: true });
  const item = (name: string) => page.getByRole("menuitem", { name, exact: true });
  // Keys are heard once the page's scripts are there.
  const openMenu = () =>
    expect(async () => {
      await button.focus();
      await page.keyboard.press("Enter");
      await expect(item("Copy code")).toBeFocused({ timeout: 500 });
    }).toPass();
  await spoilClipboard(page);

  await openMenu();
  await expect(page.getByRole("menuitem")).toHaveText([
    "Copy code",
    "Copy link",
    "Open referral",
    "Edit referral",
    "Extend…",
    "Change limit…",
    "Set attribute…",
    "Batch: extend…",
    "Batch: change limit…",
    "Batch: set attribute…",
    "Edit batch",
    "Export batch",
    "Delete",
  ]);
  await page.keyboard.press("Enter");
  await expect(list.copyButtons.first().getByText("Copied")).toBeVisible();
  expect(await clipboardText(page)).toBe(first);

  await button.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await expect(item("Delete")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(item("Copy code")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(item("Copy code")).toBeHidden();
  await expect(button).toBeFocused();

  const saved = page.waitForEvent("download");
  await page.keyboard.press("Space");
  await expect(item("Copy code")).toBeFocused();
  await page.keyboard.type("eeee");
  await expect(item("Export batch")).toBeFocused();
  await page.keyboard.press("Enter");
  expect((await saved).suggestedFilename()).toContain(influencers12);

  for (const [name, title] of [
    ["Open referral", first],
    ["Edit referral", `Edit ${first}`],
    ["Edit batch", `Edit batch ${influencers12}`],
    ["Delete", `Delete ${first}`],
  ] as const) {
    await list.open(`?batch=${influencers12}`);
    await openMenu();
    while (!(await item(name).evaluate((element) => element === document.activeElement))) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
  }
});

test("all attributes are behind one control, which says how many there are", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${influencers12}`);
  const [first = ""] = await list.codes();
  const all = page.getByRole("button", { name: `All 5 attributes of ${first}`, exact: true });
  await expect(all).toHaveText("5");
  await all.click();
  const names = page.getByRole("dialog", { name: "Attributes" }).getByRole("term");
  await expect(names).toHaveText(["Channel", "Tier", "VIP", "Reward points", "Tags"]);
  await page.keyboard.press("Escape");
  await expect(names.first()).toBeHidden();
  await expect(all).toBeFocused();
});

test("rows that are selected with the mouse hold what is seen, and no hidden words", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open("?sort=-redemptions");
  await list.complete();
  const copied = await list.table.evaluate((table) => {
    getSelection()?.selectAllChildren(table);
    return getSelection()?.toString() ?? "";
  });
  const hidden = await list.table.evaluate((table) =>
    [...table.querySelectorAll(".sr-only")].map((element) => element.textContent ?? "").filter((text) => text !== ""),
  );
  expect(copied).toContain((await list.codes())[0]);
  expect(hidden.length).toBeGreaterThan(0);
  for (const text of new Set(hidden)) expect(copied).not.toContain(text);
  expect(copied).not.toMatch(/\d+ \/ [\d,]+ of /);
});
