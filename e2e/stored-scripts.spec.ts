import { formatRow } from "../lib/referrals/csv";
import { expect, test } from "./fixtures";
import { makeCampaign } from "./pages/create";
import { dialogsOf, payloads, visit } from "./pages/scripts";

// What somebody stores in a text is shown as that text on every page, whatever it looks like (X1). The fixture hears every complaint
// of the browser's about the policy of a page.
test("200 scripts that are stored in every text are shown as text on every page", async ({ page }) => {
  test.setTimeout(300_000); // some fifty pages
  const dialogs = dialogsOf(page);
  expect(payloads).toHaveLength(200);
  const [name = "", other = "", short = ""] = [payloads[0], payloads[10], payloads[80]];
  const campaign = await makeCampaign(page, name);

  const rows = payloads.map((text, n) => [`STORED-${n}`, text, JSON.stringify({ channel: text })]);
  const lines = [["code", "advocateprofileintegrationid", "attributes"], ...rows].map((cells) => formatRow(cells, ","));
  await page.goto(`${campaign}/referrals/import`);
  const file = { name: `${other}.csv`, mimeType: "text/csv", buffer: Buffer.from(lines.join("\n")) };
  await page.getByLabel("Choose a CSV file").setInputFiles(file);
  await page.getByRole("textbox", { name: "Name of the batch" }).fill(short);
  await visit(page, page.url());
  await page.getByRole("textbox", { name: "Name of the batch" }).fill(short);
  await page.getByRole("button", { name: "Import 200 codes" }).click();
  await expect(page.getByRole("main").getByText("Imported 200 codes", { exact: true })).toBeVisible();
  await visit(page, page.url());

  await page.goto(`${campaign}/settings`);
  await page.getByRole("textbox", { name: "Description" }).fill(payloads.slice(0, 8).join("\n"));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved").first()).toBeVisible();

  for (const query of [
    "?size=100",
    "?size=100&page=last",
    `?q=${encodeURIComponent(other)}`,
    `?advocate=${encodeURIComponent(`is:${short}`)}`,
  ])
    await visit(page, `${campaign}/referrals${query}`);
  await page.goto(`${campaign}/referrals?q=STORED-0`);
  await page
    .getByRole("row", { name: /STORED-0/ })
    .getByRole("button", { name: /^Actions for/ })
    .click();
  await page.getByRole("menuitem", { name: "Open referral" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("STORED-0");
  await visit(page, page.url());
  await visit(page, `${page.url()}/edit`);
  for (const path of [
    "",
    "/settings",
    "/operations",
    "/referrals/batches",
    "/referrals/new",
    "/referrals/import",
    "/redemptions",
  ])
    await visit(page, `${campaign}${path}`);
  await page.goto(`${campaign}/referrals/batches`);
  await page.getByRole("link", { name: short }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(short);
  await visit(page, page.url());
  await page.goto(`${campaign}/operations`);
  await page.getByRole("table").getByRole("link").first().click();
  await visit(page, page.url());
  for (const text of payloads.filter((_, n) => n % 25 === 0)) {
    await visit(page, `/applications/1/customers?id=${encodeURIComponent(text)}`);
    await visit(page, `/applications/1/check?code=${encodeURIComponent(text)}&friend=${encodeURIComponent(text)}`);
  }
  for (const path of [
    "/applications/1/campaigns",
    "/applications/1/audit",
    "/audit",
    `/accounts?q=${encodeURIComponent(name)}`,
  ])
    await visit(page, path);
  expect(dialogs).toEqual([]);
});
