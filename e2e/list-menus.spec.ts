import type { Page } from "@playwright/test";
import { clipboardText, expect, test } from "./fixtures";
import { expectAccessible, narrow } from "./pages/axe";
import { ReferralList } from "./pages/referral-list";

test.describe.configure({ timeout: 180_000 });

// Batches of the demo that no test changes.
const created480 = "tqyrgahe";
const influencers12 = "nxbcayrs";

const query = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

test("heads sort by mouse and keyboard, and say so; a day can be gone to", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${created480}`);
  const head = (name: string) => list.table.getByRole("columnheader", { name });
  await expect(head("Created")).toHaveAttribute("aria-sort", "descending");
  await head("Code").getByRole("button").click();
  await expect(head("Code")).toHaveAttribute("aria-sort", "ascending");
  await expect(head("Created")).not.toHaveAttribute("aria-sort");
  const codes = await list.codes();
  expect(codes).toEqual(codes.toSorted());
  await head("Code").getByRole("button").press("Enter");
  await expect(head("Code")).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByRole("button", { name: "Go to date" })).toBeHidden();
  await head("Created").getByRole("button").click();
  await page.getByRole("button", { name: "Go to date" }).click();
  await page.getByRole("dialog", { name: "Choose a day" }).getByRole("gridcell").getByRole("button").first().click();
  await expect(page).toHaveURL(/page=day-/);
});

test("columns are shown, hidden and moved by keyboard and mouse; rows become compact; Reset brings all back", async ({
  page,
}) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${influencers12}`);
  const names = () => list.table.getByRole("columnheader").allTextContents();
  await page.getByRole("button", { name: "Columns" }).press("Enter");
  const panel = page.getByRole("dialog", { name: "Columns and rows" });
  await panel.getByRole("checkbox", { name: "Batch ID" }).press("Space");
  await expect.poll(names).not.toContain("Batch ID");
  await panel.getByRole("checkbox", { name: "Tier" }).press("Space");
  await expect(panel.getByRole("checkbox", { name: "Tier" })).toBeFocused();
  await expect.poll(names).toContain("Tier");
  await panel.getByRole("button", { name: "Move Created up" }).press("Enter");
  await expect
    .poll(() => query(page, "columns"))
    .toBe("code,redemptions,created,advocate,validFrom,validUntil,attributes,attr.tier");
  const item = (name: string) => panel.getByRole("listitem").filter({ hasText: name });
  await item("Valid from").hover();
  await page.mouse.down();
  await item("Advocate's Integration ID").hover();
  await item("Redemptions").hover();
  await item("Valid from").hover(); // it stands here by now
  await page.mouse.up();
  await expect
    .poll(() => query(page, "columns"))
    .toBe("code,validFrom,redemptions,created,advocate,validUntil,attributes,attr.tier");
  await panel.getByText("Compact").click();
  await expect(list.table).toHaveAttribute("data-density", "compact");
  await page.reload();
  await expect.poll(names).toContain("Tier");
  await page.getByRole("button", { name: "Columns" }).click();
  await panel.getByRole("button", { name: "Reset" }).click();
  await expect.poll(names).toContain("Batch ID");
});

test("single keys search, move, select, copy and edit, and are told and switched off by ?", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open();
  await expect(list.rows).toHaveCount(50);
  // The key is heard once the page's scripts are there.
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(list.search).toBeFocused({ timeout: 500 });
  }).toPass();
  await list.search.press("Tab");
  const [first = "", second = "", third = ""] = await list.codes();
  const copyOf = (code: string) => page.getByRole("button", { name: `Copy code ${code}`, exact: true });
  await page.keyboard.press("j");
  await expect(copyOf(first)).toBeFocused();
  await page.keyboard.press("c");
  await expect.poll(() => clipboardText(page)).toBe(first);
  await page.keyboard.press("x");
  await expect(list.box(first)).toBeChecked();
  for (const code of [second, third]) {
    await page.keyboard.press("j");
    await expect(copyOf(code)).toBeFocused();
  }
  await page.keyboard.press("Shift+X");
  await expect(page.getByText("3 codes selected")).toBeVisible();
  await page.keyboard.press("k");
  await expect(copyOf(second)).toBeFocused();
  await page.keyboard.press("e");
  await expect(page).toHaveURL(/\/referrals\/\d+\/edit$/);
  await page.goBack();
  await expect(copyOf(second)).toBeFocused();
  const far = (await list.codes())[41] ?? "";
  await copyOf(far).focus();
  await page.keyboard.press("e");
  await expect(page).toHaveURL(/\/referrals\/\d+\/edit$/);
  await page.goBack();
  await expect(copyOf(far)).toBeFocused(); // its row is drawn after those of the first screen

  await page.keyboard.press("?");
  const told = page.getByRole("dialog", { name: "Keys of the list" });
  await expect(told.getByText("Copy the code")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(copyOf(far)).toBeFocused();
  await page.keyboard.press("?");
  await told.getByRole("checkbox", { name: "Single keys do this" }).uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await list.complete();
  await page.getByRole("button", { name: "Columns" }).focus();
  await page.keyboard.press("/");
  await page.keyboard.press("j");
  await expect(page.getByRole("button", { name: "Columns" })).toBeFocused();
});

test("a view is saved, changed, discarded, renamed, duplicated, shared and deleted", async ({ page, context }) => {
  const list = new ReferralList(page);
  await list.open("?status=expired&sort=code");
  const menu = page.getByRole("button", { name: /^Views/ });
  const panel = page.getByRole("dialog", { name: "Views" });
  const open = (name: string) => page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await menu.click();
  await panel.getByRole("button", { name: "Save as a view" }).click();
  await panel.getByRole("textbox", { name: "Name of the view" }).fill("Expired by code");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/view=\d+/);

  await list.table.getByRole("columnheader", { name: "Code" }).getByRole("button").click();
  await expect(page.getByText("changed", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByText("changed", { exact: true })).toBeHidden();
  await page.getByRole("button", { name: "Remove filter: Status" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("changed", { exact: true })).toBeHidden();

  await open("Expired by code");
  await panel.getByRole("button", { name: "Rename" }).click();
  await panel.getByRole("textbox", { name: "Name of the view" }).fill("By code");
  await page.keyboard.press("Enter");
  await open("By code");
  await panel.getByRole("button", { name: "Duplicate" }).click();
  await open("By code copy");
  await panel.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Copied the link")).toBeVisible();
  const other = new ReferralList(await context.newPage());
  await other.page.goto(await clipboardText(page));
  await expect(other.page.getByRole("button", { name: "By code copy" })).toBeVisible();
  expect(await other.codes()).toEqual(await list.codes());
  await panel.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("button", { name: "Views" })).toBeVisible();
  await other.page.reload();
  await expect(other.page.getByText("The view of this address is gone")).toBeVisible();
});

test("axe finds nothing in the menus of the list, and a phone can use them", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(
    `?batch=${influencers12}&sort=-redemptions&density=compact&columns=code,status,friend,origin,attr.tier`,
  );
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add filter" }).click();
  await expect(page.getByRole("dialog", { name: "Add filter" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("list", { name: "Filters" }).getByRole("button", { name: "Valid until" }).click();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Columns" }).click();
  await expect(page.getByRole("dialog", { name: "Columns and rows" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.setViewportSize(narrow);
  const status = await list.addFilter("Status");
  await status.getByRole("checkbox", { name: "Active" }).check();
  await status.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("button", { name: "Edit filter: Status Active" })).toBeVisible();
});
