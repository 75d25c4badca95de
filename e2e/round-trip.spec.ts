import type { Page } from "@playwright/test";
import { formatRow } from "@/lib/referrals/csv";
import { expect, test } from "./fixtures";
import { expectAccessible } from "./pages/axe";
import { makeCampaign } from "./pages/create";
import { type CsvRow, download, parseRows } from "./pages/downloads";
import { ReferralList } from "./pages/referral-list";

test.describe.configure({ timeout: 180_000 }); // each uploads files two or three times, and has axe look thrice

const message = (page: Page, text: string) => page.getByRole("listitem").filter({ hasText: text });
const main = (page: Page) => page.getByRole("main");

async function upload(page: Page, path: string, text: string): Promise<void> {
  await page.goto(`${path}/referrals/import`);
  const file = { name: "codes.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.getByLabel("Choose a CSV file").setInputFiles(file);
}

const textOf = (rows: CsvRow[]) =>
  [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))].map((cells) => formatRow(cells)).join("\r\n");

/** A campaign with codes of its own, and these as a file to change. */
async function exportedToChange(page: Page, name: string, codes: string[]): Promise<{ path: string; rows: CsvRow[] }> {
  const path = await makeCampaign(page, name);
  const lines = codes.map((code) => `${code},advocate-of-${code},5`);
  await upload(page, path, `code,advocateprofileintegrationid,limitval\n${lines.join("\n")}\n`);
  await page.getByRole("button", { name: `Import ${codes.length} codes` }).click();
  await expect(main(page).getByText(`Imported ${codes.length} codes`, { exact: true })).toBeVisible();
  await page.goto(`${path}/referrals`);
  const link = await new ReferralList(page).exportChoice("To change and upload again");
  const { name: fileName, text } = await download(link);
  expect(fileName).toMatch(/^referrals-to-change-.*\.csv$/);
  return { path, rows: parseRows(text) };
}

const set = (rows: CsvRow[], code: string, cells: CsvRow) =>
  Object.assign(rows.find((row) => row.Code === code) ?? {}, cells);

test("codes are exported, changed in a spreadsheet, uploaded again and changed; what others changed is a conflict", async ({
  page,
}) => {
  const { path, rows } = await exportedToChange(page, "Round trip", ["ROUND-1", "ROUND-2", "ROUND-3"]);
  await page.goto(`${path}/referrals?q=ROUND-2`);
  await page.getByRole("button", { name: /^Actions/ }).click();
  await page.getByRole("menuitem", { name: "Change limit…", exact: true }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Redemption limit" }).fill("50");
  await page.getByRole("dialog").getByRole("button", { name: "Change 1 code" }).click();
  await expect(message(page, "Changed 1 code")).toBeVisible();

  set(rows, "ROUND-1", { "Redemption limit": "7" });
  set(rows, "ROUND-2", { "Redemption limit": "9", "Friend's Integration ID": "friend-2" });
  await upload(page, path, textOf(rows));
  await expect(main(page).getByText("This file changes 2 codes", { exact: true })).toBeVisible();
  const conflicts = page.getByRole("region", { name: "Cells that others changed meanwhile" });
  await expect(conflicts.getByRole("row", { name: /^ROUND-2 Redemption limit 5 9 50 / })).toBeVisible();
  await expect(page.getByRole("button", { name: "Change 2 codes" })).toBeEnabled();
  await expect(main(page).getByText(/Redemption limit of 1 code was changed since by someone else/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("radio", { name: "Overwrite it with your file" }).check();
  await expect(main(page).getByText(/was changed since by someone else/)).toBeHidden();
  await page.getByRole("radio", { name: "Leave what is there now" }).check();
  await expect(main(page).getByText(/was changed since by someone else/)).toBeVisible();
  await page.getByRole("button", { name: "Change 2 codes" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "Edited 2 codes" })).toBeVisible();
  await expect(main(page).getByText("codes.csv")).toBeVisible();
  await expect(page.getByRole("row", { name: /^ROUND-1 Redemption limit 5 .*7/ })).toBeVisible();
  await message(page, "Changed 2 codes").getByRole("button", { name: "Undo" }).click();
  await expect(message(page, "Undone: 2 codes changed")).toBeVisible();
  await page.goto(`${path}/referrals`);
  const list = new ReferralList(page);
  await expect(list.row("ROUND-1")).toContainText("0 / 5");
  await expect(list.row("ROUND-2")).toContainText("0 / 50");
});

test("rows of a file to change that cannot be are told, and the good ones changed alone", async ({ page }) => {
  const { path, rows } = await exportedToChange(page, "Round trip of bad rows", ["BADTRIP-1", "BADTRIP-2"]);
  await upload(page, path, textOf(rows));
  await expect(main(page).getByText("This file changes nothing", { exact: true })).toBeVisible();
  set(rows, "BADTRIP-1", { "Redemption limit": "" });
  set(rows, "BADTRIP-2", { "Redemption limit": "8" });
  await upload(page, path, textOf(rows));
  await expect(main(page).getByText("1 of 2 rows has problems; nothing was changed")).toBeVisible();
  await expect(page.getByRole("region", { name: "Problems of the file" })).toContainText("cannot be left empty");
  await expectAccessible(page);
  await page.getByRole("button", { name: "See what the good rows change" }).click();
  await page.getByRole("button", { name: "Change 1 code" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Edited BADTRIP-2" })).toBeVisible();
  await page.goBack();
  await expect(main(page).getByText("Changed 1 code", { exact: true })).toBeVisible();
  const { text } = await download(page.getByRole("link", { name: "Download the failed rows" }));
  const [failed] = parseRows(text);
  expect(failed?.problem).toContain("It cannot be left empty");
  await upload(page, path, textOf([{ ...failed, "Redemption limit": "6" }]));
  await page.getByRole("button", { name: "Change 1 code" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Edited BADTRIP-1" })).toBeVisible();
});
