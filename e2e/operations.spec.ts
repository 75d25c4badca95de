import { campaignPath, expect, test } from "./fixtures";
import { axeOn, expectAccessible, narrow } from "./pages/axe";
import { makeBatch, makeCode } from "./pages/create";

/** For what 21,000 codes take on a machine that is busy with other tests. */
const patiently = expect.configure({ timeout: 60_000 });

test("a large edit runs in the background, is seen from every page, and is undone", async ({ page }) => {
  test.setTimeout(180_000);
  const batchId = await makeBatch(page, 21_000, "background");
  await page.goto(campaignPath(1, `/referrals/edit?batch=${batchId}`));
  await page.getByLabel("What to do with Redemption limit").selectOption("raise");
  await page.getByLabel("Raise by").fill("5");
  const change = page.getByRole("button", { name: "Change 21,000 codes" });
  await patiently(change).toBeEnabled();
  await change.click();
  await patiently(page).toHaveURL(/\/operations\/\d+$/);
  const operation = page.url();

  await page.goto(campaignPath(2));
  const corner = page.getByRole("region", { name: "Background operations" });
  await patiently(corner.getByRole("link", { name: "Edited 21,000 codes" })).toBeVisible();
  expect((await axeOn(page).analyze()).violations).toEqual([]);
  await corner.getByRole("link", { name: "Edited 21,000 codes" }).click();
  await expect(page).toHaveURL(operation);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edited 21,000 codes");
  await expect(corner).toBeHidden();

  await page.goto(campaignPath(1, "/operations"));
  // One press, though it is planned in the background first.
  await page.getByRole("row", { name: "Edited 21,000 codes" }).getByRole("button", { name: "Undo" }).click();
  await patiently(page.getByRole("heading", { level: 1 })).toHaveText(/^Undid operation \d+: 21,000 codes changed$/);
});

test("the title tells how far background work is, before the page's name, until it is over", async ({ page }) => {
  const running = {
    ...{ id: "7", campaignId: 1, kind: "edit", effect: "edit", undoesId: null, changed: 1000, refused: 0 },
    ...{ cancelled: false, finished: false, problem: null, elapsed: 1000, done: 420, total: 1000 },
  };
  let operations: object[] = [running];
  await page.route("**/applications/1/progress", (route) => route.fulfill({ json: { operations, toDecide: [] } }));
  await page.goto(campaignPath(1, "/operations"));
  await expect(page).toHaveTitle(/^42 % · Operations/);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page).toHaveTitle(/^42 % · Settings/);
  operations = [{ ...running, finished: true, done: 1000 }];
  await expect(page).toHaveTitle(/^Settings/);
});

test("the log is filtered by its address, each filter a chip that is removed by a press", async ({ page }) => {
  const batchId = await makeBatch(page, 2, "logged");
  const rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  await page.goto(campaignPath(1, "/operations"));
  await page.getByText("Filter", { exact: true }).click();
  await page.getByLabel("Batch ID").fill(batchId);
  await page.getByLabel("What", { exact: true }).selectOption("create");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`kind=create.*batch=${batchId}`));
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("Created 2 codes");
  await page.getByRole("link", { name: "Remove What Created" }).click();
  await expect(page).not.toHaveURL(/kind=./);
  await expect(rows).toHaveCount(1);
  await page.goto(campaignPath(1, `/operations?batch=${batchId}&by=nobody`));
  await expect(page.getByRole("heading", { name: "No operation is like that" })).toBeVisible();
  await page.getByRole("link", { name: "Show all operations" }).click();
  await expect(rows).not.toHaveCount(0);
});

test("codes that were made one at a time stand together by their day, and are opened from there", async ({ page }) => {
  await makeCode(page, "ONE-BY-ONE-1", "single-1");
  await makeCode(page, "ONE-BY-ONE-2", "single-2");
  await page.goto(campaignPath(1, "/operations"));
  await page
    .getByRole("link", { name: /^[\d,]+ codes made one at a time, \d+ \w+ \d{4}$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/singles=\d{4}-\d{2}-\d{2}/);
  await expect(page.getByRole("link", { name: "Created ONE-BY-ONE-2" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Created ONE-BY-ONE-1" })).toBeVisible();
  await page.getByText("Filter", { exact: true }).click();
  await page.getByLabel("Code", { exact: true }).fill("one-by-one-1");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("list", { name: "Filters" }).getByRole("listitem")).toHaveText([
    /^Code one-by-one-1$/,
    /^Made one at a time \d/,
    "Remove all",
  ]);
  await page.goto(campaignPath(1, "/operations?code=one-by-one-1"));
  await expect(page.getByRole("row").filter({ has: page.getByRole("rowheader") })).toHaveCount(1);
});

test("a phone shows what changed, when and by whom, without moving sideways", async ({ page }) => {
  const batchId = await makeBatch(page, 3, "on-a-phone");
  await page.setViewportSize(narrow);
  await page.goto(campaignPath(1, `/operations?batch=${batchId}`));
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  await expect(row.getByText("3 changed")).toBeInViewport({ ratio: 1 });
  await expect(row.getByText(/^\d+ \w+ \d{4}, \d\d:\d\d \([^)]+\), Administrator$/)).toBeInViewport({ ratio: 1 });
  await expect(row.getByRole("button", { name: "Undo" })).toBeInViewport({ ratio: 1 });
  await page.getByText("Filter", { exact: true }).click();
  await expectAccessible(page);
});
