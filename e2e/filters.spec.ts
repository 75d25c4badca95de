import type { Page } from "@playwright/test";
import { clipboardText, expect, test } from "./fixtures";
import { expectAccessible, narrow } from "./pages/axe";
import { ReferralList } from "./pages/referral-list";

test.describe.configure({ timeout: 180_000 });

// Batches of the demo that no test changes.
const created480 = "tqyrgahe";
const influencers12 = "nxbcayrs";

const query = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

/** Holds back what the list answers from now on, until it is let go. */
async function holdAnswers(page: Page): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(
    (url) => url.pathname.endsWith("/referrals") && url.searchParams.has("_rsc"),
    async (route) => {
      await held;
      await route.continue().catch(() => undefined); // the page may have dropped it by now
    },
  );
  return letGo;
}

test("conditions are chips: added, edited, removed, and cleared together; the address holds them", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open();
  const status = await list.addFilter("Status");
  await status.getByRole("button", { name: "Apply" }).click();
  await expect(status.getByText("Tick one or more.")).toBeVisible();
  await status.getByRole("checkbox", { name: "Expired" }).check();
  await status.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/status=expired/);
  await expect(list.rows.first().getByText("Expired")).toBeVisible();
  const expired = await list.position.textContent();

  await page.getByRole("button", { name: "Edit filter: Status Expired" }).click();
  await page.getByRole("dialog", { name: "Status" }).getByRole("checkbox", { name: "Scheduled" }).check();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Edit filter: Status Expired, Scheduled" })).toBeVisible();
  await expect(list.position).not.toHaveText(expired ?? "");

  const redemptions = await list.addFilter("Redemptions");
  await redemptions.getByRole("radio", { name: "From … to" }).check();
  await redemptions.getByRole("textbox", { name: "From" }).fill("9");
  await redemptions.getByRole("textbox", { name: "To" }).fill("2");
  await redemptions.getByRole("button", { name: "Apply" }).click();
  await expect(redemptions.getByText("This is less than the least.")).toBeVisible();
  await redemptions.getByRole("textbox", { name: "To" }).fill("");
  await redemptions.getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => query(page, "redemptions")).toBe("9..");

  await page.getByRole("button", { name: "Remove filter: Status" }).click();
  await expect.poll(() => query(page, "status")).toBeNull();
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect.poll(() => new URL(page.url()).search).toBe("");
  await expect(list.rows).toHaveCount(50);
});

test("a range of dates is typed or picked, in the zone that is named", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open();
  const created = await list.addFilter("Created");
  await created.getByRole("textbox", { name: "From" }).fill("2026-02-31");
  await created.getByRole("button", { name: "Apply" }).click();
  await expect(created.getByRole("textbox", { name: "From" })).toHaveAttribute("aria-invalid", "true");
  await created.getByRole("textbox", { name: "From" }).fill("2020-01-01");
  await expect(created.getByText(/Europe\/Berlin/).first()).toBeVisible();
  await created.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/created=2020-01-01\.\./);
  await expect(page.getByRole("button", { name: "Edit filter: Created from 1 Jan 2020" })).toBeVisible();
  await expect(list.rows).toHaveCount(50);
});

test("an attribute is asked for by its type", async ({ page }) => {
  const list = new ReferralList(page);
  const values = () =>
    list.rows.evaluateAll((rows) =>
      [...new Set(rows.map((row) => row.querySelectorAll("td")[1]?.textContent ?? "nothing there"))].sort(),
    );
  let counted = 0;
  for (const [choice, shown, text] of [
    ["Yes", "yes", "yes"],
    ["No", "no", "no"],
    ["Not set", "", "none"],
  ] as const) {
    await list.open(`?batch=${created480}&size=250&columns=code,attr.vip`);
    await list.complete();
    expect(await values()).toEqual(["", "no", "yes"]);
    const vip = await list.addFilter("VIP");
    await vip.getByRole("radio", { name: choice, exact: true }).check();
    await vip.getByRole("button", { name: "Apply" }).click();
    await expect.poll(values).toEqual([shown]);
    expect(query(page, "attr.vip")).toBe(text);
    await expect(list.position).toHaveText(/ of (?!480$)\d+$/);
    counted += Number((await list.position.textContent())?.split(" of ")[1]);
  }
  expect(counted).toBe(480);
});

test("quick changes add up: each begins at what was last asked for, not at what is shown", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${created480}&origin=created&redemptions=0..`);
  await list.complete();
  const letGo = await holdAnswers(page);
  for (const name of ["Remove filter: Origin", "Remove filter: Redemptions"]) {
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("button", { name })).toBeHidden();
  }
  await page.getByRole("button", { name: "Columns" }).click();
  const panel = page.getByRole("dialog", { name: "Columns and rows" });
  await panel.getByRole("checkbox", { name: "Batch ID" }).uncheck();
  await panel.getByRole("checkbox", { name: "Tier" }).check();
  letGo();
  await expect
    .poll(() => query(page, "columns"))
    .toBe("code,redemptions,advocate,created,validFrom,validUntil,attributes,attr.tier");
  expect([query(page, "batch"), query(page, "origin"), query(page, "redemptions")]).toEqual([created480, null, null]);
  await expect(list.table.getByRole("columnheader", { name: "Tier" })).toBeVisible();
});

test("another order keeps a search that is on its way", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${created480}`);
  await list.complete();
  const letGo = await holdAnswers(page);
  const asked = page.waitForRequest((request) => new URL(request.url()).searchParams.get("q") === "a");
  await list.search.fill("a");
  await asked;
  await list.table.getByRole("columnheader", { name: "Code" }).getByRole("button").click();
  letGo();
  await expect.poll(() => query(page, "sort")).toBe("code");
  expect(query(page, "q")).toBe("a");
  await expect(list.search).toHaveValue("a");
});

test("the search box follows the address, also after a search that was taken back before it arrived", async ({
  page,
}) => {
  const list = new ReferralList(page);
  await list.open("?q=g");
  await list.complete();
  await page.getByRole("combobox", { name: "Rows per page" }).selectOption("25");
  await expect.poll(() => query(page, "size")).toBe("25");
  await list.search.fill("");
  await expect.poll(() => query(page, "q")).toBeNull();
  const region = page.getByRole("region", { name: /^Referrals, newest first/ });
  await expect(region).toHaveAttribute("aria-busy", "false");

  const letGo = await holdAnswers(page);
  await list.search.fill("g");
  const clear = page.getByRole("button", { name: "Clear all" });
  await expect(clear).toBeVisible(); // as long as a search is asked for
  await list.search.fill("");
  await expect(clear).toBeHidden();
  letGo();
  await expect(region).toHaveAttribute("aria-busy", "false");
  await expect(list.search).toHaveValue("");
  await page.goBack();
  await expect.poll(() => query(page, "q")).toBe("g");
  await expect(list.search).toHaveValue("g");
});

test("a condition that cannot be read shows nothing, says why, and can be removed", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open("?status=lost&size=25");
  await expect(page.getByText("“status=lost” cannot be read.")).toBeVisible();
  await expect(list.rows).toHaveCount(0);
  await page.getByRole("button", { name: "Remove filter: Status" }).click();
  await expect(list.rows).toHaveCount(25);
});

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
