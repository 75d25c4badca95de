import { expect, test } from "./fixtures";
import { expectNothingFound } from "./pages/axe";
import { makeBatch } from "./pages/create";
import { download, parseRows } from "./pages/downloads";
import { ReferralList } from "./pages/referral-list";

test("an export says how many codes it has and what it is called, as it is chosen", async ({ page }) => {
  const batchId = await makeBatch(page, 4, "export-me");
  const list = new ReferralList(page);
  await list.open(`?batch=${batchId}`);
  const codes = await list.codes();
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog", { name: "Export" });
  const told = dialog.getByRole("status");
  await expect(told).toContainText(new RegExp(`^4 codes in referrals-refer-a-friend-batch-${batchId}-.*\\.csv$`));
  await dialog.getByText("XLSX", { exact: true }).click();
  await expect(told).toContainText(/\.xlsx$/);
  await dialog.getByRole("radio", { name: "The columns of this list" }).check();
  await expect(told).toContainText(/in referrals-list-.*\.xlsx$/);
  await dialog.getByRole("radio", { name: "Codes only" }).check();
  await expect(dialog.getByText("XLSX", { exact: true })).toBeHidden();
  await dialog.getByRole("radio", { name: /^Unused only/ }).check();
  await expect(told).toContainText(/^4 codes in codes-.*redemptions-none.*\.txt$/);
  await expectNothingFound(page, "the export");
  const { text } = await download(dialog.getByRole("link", { name: "Download" }));
  expect(text.trim().split("\n")).toEqual(codes);
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Export" })).toBeFocused();
});

test("what a list asks for already is not asked again, and its file has its columns", async ({ page }) => {
  const batchId = await makeBatch(page, 2, "export-list");
  const list = new ReferralList(page);
  await list.open(`?batch=${batchId}&redemptions=none&columns=advocate`);
  await list.complete();
  const link = await list.exportChoice("The columns of this list");
  const dialog = page.getByRole("dialog", { name: "Export" });
  await expect(dialog.getByRole("radio", { name: /^Usable only/ })).toBeVisible();
  await expect(dialog.getByRole("radio", { name: /^Unused only/ })).toBeHidden();
  const { text } = await download(link);
  const rows = parseRows(text);
  expect(rows.map((row) => Object.keys(row))).toEqual([
    ["Code", "Advocate's Integration ID"],
    ["Code", "Advocate's Integration ID"],
  ]);
  expect(rows.map((row) => row["Advocate's Integration ID"]).sort()).toEqual(["export-list-1", "export-list-2"]);
});
