import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { campaignPath, clipboardText, expect, spoilClipboard, test } from "./fixtures";
import { makeCode } from "./pages/create";
import { type CsvRow, download, parseRows } from "./pages/downloads";
import { ReferralList } from "./pages/referral-list";

/** What a person with the README does on the first day, from the start page to the same 20,000 rows. */
test.describe.configure({ mode: "serial", timeout: 180_000 });

/** For what 20,000 codes take on a machine that is busy with other tests. */
const patiently = expect.configure({ timeout: 30_000 });

const file = (name: string) => fileURLToPath(new URL(`./data/${name}`, import.meta.url));
const original = parseRows(readFileSync(file("referrals-20k.csv")));
let batchId = "";

/** What is wrong in referrals-broken.csv: line, column, what stands there, and words of what is said about it. */
const mistakes: [line: number, column: string, value: string, said: string][] = [
  [3, "code", "GOOD-0001", "Line 2 has this code already"],
  [4, "code", "abc", "too short: a code has 4 to 100 characters"],
  [5, "startdate", "01/11/2026", "can be 1 Nov 2026 or 11 Jan 2026"],
  [6, "expirydate", "2026-10-01T00:00:00Z", "Must be after the startdate, which is 2026-11-01T00:00:00Z"],
  [7, "advocateprofileintegrationid", "empty", "needs its advocate’s Integration ID"],
  [8, "limitval", "-1", "A whole number from 1 to 999,999"],
  [9, "limitval", "1000000", "A whole number from 1 to 999,999"],
  [10, "limitval", "many", "A whole number from 1 to 999,999"],
  [11, "attributes", '{"channel": "web"}', "A cell with quotes in it stands in quotes itself"],
  [12, "attributes", '{"channel": web}', "not valid JSON"],
  [13, "attributes", "[1,2]", "not an object"],
  [14, "code", "HAS SPACE", "contains a space"],
  [15, "code", "good-0001", "Line 2 has this code already"],
  [16, "startdate", "2026-11-01T25:00:00Z", "no hour 25"],
  [17, "cell 7", "extra", "The row has 7 cells, the first line names 6"],
  [18, "code", '"GOOD-0017', "never closed"],
];

test("from the start page to the codes of a campaign", async ({ page }) => {
  await page.goto("/");
  const heading = page.getByRole("heading", { level: 1 });
  // Of one application the campaigns come at once; other tests make applications, too, of which one chooses.
  await expect(heading).toHaveText(/^(Campaigns|Applications)$/);
  if ((await heading.textContent()) === "Applications")
    await page.getByRole("link", { name: "Demo Shop", exact: true }).click();
  await expect(heading).toHaveText("Campaigns");
  await page.getByRole("link", { name: "Refer a friend" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Refer a friend");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Referrals" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Referrals");
  await expect(new ReferralList(page).rows).toHaveCount(50);
});

test("a code is copied by mouse", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open();
  const [, second = ""] = await list.codes();
  const button = list.copyButtons.nth(1);
  await expect(button.getByText("Copied")).toBeHidden();
  await button.click();
  await expect(button.getByText("Copied")).toBeVisible();
  expect(await clipboardText(page)).toBe(second);
  await expect(button.getByText("Copied")).toBeHidden();
});

for (const key of ["Enter", "Space"]) {
  test(`a code is copied by the ${key} key`, async ({ page }) => {
    const list = new ReferralList(page);
    await list.open();
    await spoilClipboard(page);
    const [first = ""] = await list.codes();
    await page.getByRole("checkbox", { name: `Select ${first}`, exact: true }).focus();
    await page.keyboard.press("Tab");
    const button = list.copyButtons.first();
    await expect(button).toBeFocused();
    await page.keyboard.press(key);
    await expect(button.getByText("Copied")).toBeVisible();
    await expect(button).toBeFocused();
    expect(await clipboardText(page)).toBe(first);
  });
}

test.describe("where the clipboard is refused", () => {
  test.use({ permissions: [] });

  test("the code is shown selected, and nothing says it was copied", async ({ page }) => {
    const list = new ReferralList(page);
    await list.open();
    const [first = ""] = await list.codes();
    const button = list.copyButtons.first();
    await button.click();
    const text = page.getByRole("textbox", { name: `code ${first}`, exact: true });
    await expect(text).toBeFocused();
    await expect(text).toHaveValue(first);
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(first);
    await expect(button.getByText("Copied")).toBeHidden();
    await page.keyboard.press("Escape");
    await expect(text).toBeHidden();
    await expect(button).toBeFocused();
  });
});

test("a code is found by a part of it, in lower case and without its dashes", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open();
  await list.search.pressSequentially("comelena");
  await expect(list.rows).toHaveCount(1);
  await expect(list.position).toHaveText("1–1 of 1");
  expect(await list.codes()).toEqual(["WELCOME-LENA"]);
});

test("one code of one's own choosing", async ({ page }) => {
  await makeCode(page, "first-day_7", "journey-advocate");
  await expect(page.getByRole("button", { name: "Copy code FIRST-DAY_7" })).toBeVisible();
  await page.getByRole("link", { name: "View in the list" }).click();
  const list = new ReferralList(page);
  await expect(list.row("FIRST-DAY_7").getByRole("cell", { name: "journey-advocate" })).toBeVisible();
});

test("a thousand codes for pasted advocates, with repeated and blank lines counted", async ({ page }) => {
  const advocates = Array.from({ length: 1000 }, (_, index) => `pasted-${index + 1}`);
  const pasted = [...advocates.slice(0, 500), "", "pasted-1", "  ", "pasted-2", ...advocates.slice(500), "pasted-3"];
  await page.goto(campaignPath(1, "/referrals/new"));
  await page.getByText("Many advocates", { exact: true }).click();
  await page.getByRole("textbox", { name: "Integration IDs" }).fill(pasted.join("\n"));
  const summary = page.getByText(/^1,000 codes · /);
  await expect(summary).toContainText("2 blank lines left out");
  await expect(summary).toContainText("3 lines repeat an advocate");
  await page.getByRole("button", { name: "Create 1,000 codes" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("1,000 codes created");
  await page.getByRole("button", { name: "Copy all codes" }).click();
  await expect(page.getByRole("button", { name: "Copied 1,000 codes" })).toBeVisible();
  const copied = (await clipboardText(page)).split("\n");
  const { text } = await download(page.getByRole("link", { name: "Download CSV" }));
  const rows = parseRows(text);
  expect(new Set(copied)).toEqual(new Set(rows.map((row) => row.code)));
  expect(rows.map((row) => row.advocateprofileintegrationid).sort()).toEqual(advocates.sort());
  expect(new Set(rows.map((row) => row.batchid)).size).toBe(1);

  await page.getByRole("link", { name: "View the codes" }).click();
  await expect(new ReferralList(page).position).toHaveText("1–50 of 1,000");
});

test("30,000 advocates of a CSV file get their codes in the background", async ({ page }) => {
  const rows = Array.from({ length: 30_000 }, (_, index) => `${index};"advocate ""${index}"", of a file"`);
  const buffer = Buffer.from(["number;Advocate ID", ...rows].join("\r\n"));
  await page.goto(campaignPath(1, "/referrals/new"));
  await page.getByText("Many advocates", { exact: true }).click();
  await page.getByLabel("File with Integration IDs").setInputFiles({ name: "crm.csv", mimeType: "text/csv", buffer });
  const uploaded = page.waitForRequest(/\/referrals\/new\/upload$/);
  const sent = page.waitForRequest((request) => /\/referrals\/new$/.test(request.url()) && request.method() === "POST");
  await page.getByRole("button", { name: "Create 30,000 codes" }).click();
  expect((await uploaded).method()).toBe("POST");
  expect((await sent).postDataBuffer()?.length).toBeLessThan(2000);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("30,000 codes created", { timeout: 60_000 });
  await page.getByRole("link", { name: "View the codes" }).click();
  const list = new ReferralList(page);
  await expect(list.position).toHaveText("1–50 of 30,000");
  await expect(list.rows.first()).toContainText('advocate "29999", of a file');
});

test("the broken file: every wrong row is told with its line, and nothing is written", async ({ page }) => {
  await upload(page, "referrals-broken.csv");
  await expect(page.getByText("16 of 17 rows have problems; nothing was written")).toBeVisible();
  const told = page.getByRole("table", { name: "Problems of the file" }).getByRole("row");
  await expect(told).toHaveCount(1 + mistakes.length);
  for (const [index, [line, column, value, said]] of mistakes.entries()) {
    const row = told.nth(index + 1);
    await expect(row.getByRole("rowheader")).toHaveText(String(line));
    const cells = row.getByRole("cell");
    await expect(cells).toHaveText([column, value, /./]);
    await expect(cells.last()).toContainText(said);
  }
  const { text } = await download(page.getByRole("link", { name: "Download the failed rows" }));
  const failed = parseRows(text, { relax_column_count_more: true }); // the cell too many is still there
  expect(failed.map((row) => Number(row.line))).toEqual(mistakes.map(([line]) => line));
  await expect(page.getByRole("button", { name: /^Import / })).toHaveText("Import the 1 good row");

  const list = new ReferralList(page);
  for (const code of ["GOOD-0001", "HAS SPACE"]) {
    await list.open(`?q=${encodeURIComponent(code)}`);
    await expect(page.getByRole("heading", { name: "No codes found" })).toBeVisible();
  }
});

test("the file of 20,000 rows becomes one batch", async ({ page }) => {
  await upload(page, "referrals-20k.csv");
  await patiently(page.getByText("20,000 codes can be imported into “Refer a friend”")).toBeVisible();
  await page.getByRole("button", { name: "Import 20,000 codes" }).click();
  batchId = await importedBatch(page);
  await page.getByRole("link", { name: "Show the codes" }).click();
  const list = new ReferralList(page);
  await expect(list.position).toHaveText("1–50 of 20,000");
  await expect(list.table.getByRole("button", { name: `Copy Batch ID ${batchId}` })).toHaveCount(50);
});

test("the whole batch gets another limit and end, through a plan that names what it refuses", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${batchId}`);
  const [first = ""] = await list.codes();
  await (await list.menu(first)).getByRole("menuitem", { name: "Edit batch" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Edit batch ${batchId}`);
  await page.getByRole("combobox", { name: "What to do with Redemption limit" }).selectOption("Set to");
  await page.getByRole("textbox", { name: "Redemption limit" }).fill("7");
  await page.getByRole("combobox", { name: "What to do with Valid until" }).selectOption("Set to");
  const until = page.getByRole("textbox", { name: "Valid until" });

  await until.fill("2026-12-01");
  const tooLate = original.filter((row) => Date.parse(row.startdate ?? "") >= Date.parse("2026-12-01T23:00:00Z"));
  expect(tooLate.length).toBeGreaterThan(0);
  const plan = page.getByRole("region", { name: "What will happen" });
  await patiently(plan).toContainText(`${count(tooLate.length)} codes would end before they start.`);
  await expect(plan.getByRole("button", { name: `Change ${count(20_000 - tooLate.length)} codes` })).toBeEnabled();

  await until.fill("2028-06-30");
  await patiently(plan.getByText("would end before")).toBeHidden();
  await plan.getByRole("button", { name: "Change 20,000 codes" }).click();
  await patiently(page.getByRole("heading", { level: 1 })).toHaveText("Edited 20,000 codes");
  const edited = await exported(page);
  expect(edited).toHaveLength(20_000);
  expect(new Set(edited.map((row) => `${row.limitval} ${row.expirydate}`))).toEqual(
    new Set(["7 2028-06-30T22:00:00Z"]),
  );
});

test("undoing the edit brings every value back", async ({ page }) => {
  await openOperation(page, "Edited 20,000 codes");
  await undo(page, "Change 20,000 codes");
  await expectOriginal(page);
});

test("the batch is deleted, and undoing that brings it back", async ({ page }) => {
  const before = await exported(page);
  await deleteBatch(page);
  await new ReferralList(page).open(`?batch=${batchId}`);
  await expect(page.getByRole("heading", { name: "No codes found" })).toBeVisible();

  await openOperation(page, "Deleted 20,000 codes");
  await undo(page, "Bring back 20,000 codes");
  await expectOriginal(page);
  expect(await exported(page)).toEqual(before); // ids, times of creation and order as well
});

test("an export that is deleted and imported again gives the same list", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${batchId}`);
  const { path, text } = await download(await list.exportChoice("Talon.One's columns"));
  await deleteBatch(page);
  await upload(page, path);
  await page.getByRole("button", { name: "Import 20,000 codes" }).click();
  const old = batchId;
  batchId = await importedBatch(page);
  expect(batchId).not.toBe(old);
  const stays = ({ id, created, importid, batchid, ...row }: CsvRow) => row;
  expect((await exported(page)).map(stays)).toEqual(parseRows(text).map(stays));
  await expectOriginal(page);
});

const count = (value: number) => value.toLocaleString("en-GB");

async function upload(page: Page, path: string): Promise<void> {
  await new ReferralList(page).open();
  await page.getByRole("link", { name: "Import", exact: true }).click();
  await page.getByLabel("Choose a CSV file").setInputFiles(path.startsWith("/") ? path : file(path));
  await patiently(page.getByRole("link", { name: "Import referrals" })).toBeVisible();
}

/** The Batch ID of the import that has just been committed. */
async function importedBatch(page: Page): Promise<string> {
  await patiently(page.getByRole("main").getByText("Imported 20,000 codes")).toBeVisible();
  const label = await page.getByRole("button", { name: /^Copy Batch ID / }).getAttribute("aria-label");
  return label?.replace("Copy Batch ID ", "") ?? "";
}

/** The rows of the journey's batch, as its export has them. */
async function exported(page: Page): Promise<CsvRow[]> {
  const list = new ReferralList(page);
  await list.open(`?batch=${batchId}`);
  const { name, text } = await download(await list.exportChoice("Talon.One's columns"));
  expect(name).toMatch(new RegExp(`^referrals-refer-a-friend-batch-${batchId}-\\d{8}T\\d{4}-europe-berlin\\.csv$`));
  return parseRows(text);
}

/** Deletes the journey's batch, from its list. */
async function deleteBatch(page: Page): Promise<void> {
  await new ReferralList(page).open(`?batch=${batchId}`);
  await page
    .getByRole("link", { name: `Open batch ${batchId}` })
    .first()
    .click();
  await page.getByRole("link", { name: "Delete batch" }).click();
  await page.getByRole("button", { name: "Delete 20,000 codes" }).click();
  await patiently(page.getByRole("heading", { level: 1 })).toHaveText("Deleted 20,000 codes");
}

async function openOperation(page: Page, name: string): Promise<void> {
  await page.goto(campaignPath(1, "/operations"));
  await page.getByRole("row", { name: batchId }).getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

/** Undoes the operation that is open. @param act what its button says once it is planned */
async function undo(page: Page, act: string): Promise<void> {
  await page.getByRole("button", { name: "Show the plan" }).click();
  await page.getByRole("button", { name: act }).click();
  await patiently(page.getByRole("heading", { level: 1 })).toHaveText(/^Undid operation \d+: 20,000 codes /);
}

/** What a row means, whichever way it is written: a blank limit is 1, instants are instants. */
function meaning(row: CsvRow): string {
  const instant = (text = "") => (text === "" ? null : new Date(text).toISOString());
  const attributes = Object.entries(JSON.parse(row.attributes || "{}")).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    row.code?.toUpperCase(),
    row.advocateprofileintegrationid,
    Number(row.limitval || "1"),
    instant(row.startdate),
    instant(row.expirydate),
    attributes,
  ]);
}

/** The journey's batch holds the rows of the original file: all of them, once, and nothing else. */
async function expectOriginal(page: Page): Promise<void> {
  const found = (await exported(page)).map(meaning);
  const wanted = original.map(meaning);
  const [has, needs] = [new Set(found), new Set(wanted)];
  expect(found).toHaveLength(20_000);
  expect(wanted.filter((row) => !has.has(row))).toEqual([]);
  expect(found.filter((row) => !needs.has(row))).toEqual([]);
}
