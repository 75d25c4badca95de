import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { axeOn } from "./pages/axe";
import { makeCampaign } from "./pages/create";
import { download, parseRows } from "./pages/downloads";

let importPath: string;
test.beforeEach(async ({ page }, { title }) => {
  importPath = `${await makeCampaign(page, `Files: ${title.slice(0, 40)}`)}/referrals/import`;
});

async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto(importPath);
  await page.getByLabel("Choose a CSV file").setInputFiles({ name, mimeType: "text/csv", buffer });
}

async function expectAccessible(page: Page): Promise<void> {
  expect((await axeOn(page).analyze()).violations).toEqual([]);
}

const holds = (page: Page, column: string) => page.getByRole("combobox", { name: `What “${column}” holds` });

test("rows that are pasted are checked; the good ones are imported alone, the others stay a file", async ({ page }) => {
  await page.goto(importPath);
  await page.getByText("Paste rows from a spreadsheet").click();
  const rows = "code\tadvocateprofileintegrationid\nPASTE-1\tann\nx\tben\nPASTE-2\teva\n";
  await page.getByRole("textbox", { name: "Rows" }).fill(rows);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Check 4 lines" }).click();
  await expect(page.getByRole("main").getByText("1 of 3 rows has problems; nothing was written")).toBeVisible();
  await expect(holds(page, "code")).toBeHidden(); // every column is recognised: nobody is asked
  const name = page.getByRole("textbox", { name: "Name of the batch" });
  await name.fill("x".repeat(121));
  await page.getByRole("button", { name: "Import the 2 good rows" }).click();
  await expect(name).toHaveAccessibleDescription(/A batch's name has 0 to 120 characters; this one has 121\./);
  await expectAccessible(page);
  await name.fill("Black Friday influencers");
  await page.getByRole("button", { name: "Import the 2 good rows" }).click();
  await expect(page.getByRole("main").getByText("Imported 2 codes", { exact: true })).toBeVisible();
  const { text } = await download(page.getByRole("link", { name: "Download the failed rows" }));
  expect(parseRows(text, { delimiter: "\t" })).toMatchObject([
    { code: "x", advocateprofileintegrationid: "ben", line: "3", problem: expect.stringMatching(/^code: /) },
  ]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("main").getByText("This import of 2 codes was undone")).toBeVisible();
});

test("a file of old software is matched, its letters and dates are said once, and its columns are remembered", async ({
  page,
}) => {
  const file = (codes: string) =>
    Buffer.from(`Kürzel;Wer;Bis wann\r\n${codes}-1;Jürgen;3/4/2027\r\n${codes}-2;Zoë;5/6/2027\r\n`, "latin1");
  await upload(page, "alt.csv", file("OLDSOFT"));
  await expect(page.getByRole("main").getByText("Say what the columns hold", { exact: true })).toBeVisible();
  await expect(
    page.getByRole("main").getByText("Windows-1252, Western European, 0 of 3 columns are read"),
  ).toBeVisible();
  await expect(page.getByRole("rowheader", { name: "Wer Jürgen · Zoë" })).toBeVisible();
  await expectAccessible(page);
  await holds(page, "Kürzel").selectOption("Code");
  await holds(page, "Wer").selectOption("Advocate’s Integration ID");
  await holds(page, "Bis wann").selectOption("Valid until");
  await page.getByRole("button", { name: "Read the file again" }).click();

  await expect(page.getByText("Say whether the day or the month comes first")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("radio", { name: "the day comes first: 3 Apr 2027" }).check();
  await page.getByRole("button", { name: "Read the file again" }).click();
  await expect(page.getByRole("main").getByText(/2 codes can be imported into/)).toBeVisible();
  await expect(page.getByText("“3/4/2027” is read as 3 Apr 2027: the day comes first")).toBeVisible();
  await page.getByRole("button", { name: "Import 2 codes" }).click();
  await expect(page.getByRole("main").getByText("Imported 2 codes", { exact: true })).toBeVisible();

  await upload(page, "neu.csv", file("NEWSOFT"));
  await expect(page.getByText("Say whether the day or the month comes first")).toBeVisible();
  await expect(holds(page, "Kürzel")).toHaveValue("code");
  await page.getByRole("combobox", { name: "Letters" }).selectOption("Windows-1250, Central European");
  await page.getByRole("radio", { name: "the month comes first: 4 Mar 2027" }).check();
  await page.getByRole("button", { name: "Read the file again" }).click();
  await expect(page.getByText("“3/4/2027” is read as 4 Mar 2027: the month comes first")).toBeVisible();
  await page.getByText("How the file is read").click();
  await expect(page.getByRole("combobox", { name: "Letters" })).toHaveValue("windows-1250");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Import referrals" })).toBeVisible();
});
