import { campaignPath, clipboardText, expect, spoilClipboard, test } from "./fixtures";
import { expectAccessible } from "./pages/axe";
import { makeBatch, makeCampaign } from "./pages/create";
import { ReferralList } from "./pages/referral-list";

const batches = campaignPath(1, "/referrals/batches");

test("a batch is named where it is made, found by its name, and renamed on its page", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals/new"));
  await page.getByText("Many advocates", { exact: true }).click();
  await page.getByRole("textbox", { name: "Integration IDs" }).fill("named-1\nnamed-2");
  const name = page.getByRole("textbox", { name: "Name of the batch" });
  await name.fill("x".repeat(200));
  await page.getByRole("button", { name: "Create 2 codes" }).click();
  await expect(page.getByText("A batch's name has 0 to 120 characters; this one has 200.").first()).toBeVisible();
  await name.fill("  Black Friday influencers ");
  await page.getByRole("button", { name: "Create 2 codes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("2 codes created");

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Batches" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Batches");
  await page.getByRole("searchbox", { name: "Search name, note or Batch ID" }).fill("black FRIDAY");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=black\+FRIDAY/);
  const row = page.getByRole("row", { name: /Black Friday influencers/ });
  await expect(row).toContainText("Created");
  await expect(page.getByRole("row")).toHaveCount(2);

  await row.getByRole("link", { name: "Black Friday influencers" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Black Friday influencers");
  await page.getByRole("textbox", { name: "Name" }).fill("Easter influencers");
  await page.getByRole("textbox", { name: "Note" }).fill("Agreed with Anna");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Name and note saved").first()).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Easter influencers");
  await page.goto(`${batches}?q=agreed`);
  await expect(page.getByRole("link", { name: "Easter influencers" })).toBeVisible();
});

test("a save of a name does not overwrite another's without a word", async ({ page, context }) => {
  const batchId = await makeBatch(page, 1, "contested");
  const path = `${batches}/${batchId}`;
  await page.goto(path);
  await page.getByRole("textbox", { name: "Name" }).fill("Mine");
  const other = await context.newPage();
  await other.goto(path);
  await other.getByRole("textbox", { name: "Name" }).fill("Theirs");
  await other.getByRole("textbox", { name: "Note" }).fill("a note");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText("Name and note saved").first()).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("They saved the name “Theirs” and the note “a note”.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Mine");
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("a note");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Name and note saved").first()).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Mine");
});

test("a reload keeps what was typed of a name, and shows the note that another saved meanwhile", async ({
  page,
  context,
}) => {
  const batchId = await makeBatch(page, 1, "reloaded");
  const path = `${batches}/${batchId}`;
  await page.goto(path);
  await page.getByRole("textbox", { name: "Name" }).fill("Mine");
  const other = await context.newPage();
  await other.goto(path);
  await other.getByRole("textbox", { name: "Note" }).fill("theirs");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText("Name and note saved").first()).toBeVisible();
  page.once("dialog", (question) => question.accept());
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Mine");
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("theirs");
});

test("batches are sorted by a press on a column's head", async ({ page }) => {
  await page.goto(batches);
  const codes = async () => {
    const cells = await page.getByRole("row").locator("td:nth-child(3)").allTextContents();
    return cells.map((text) => Number(text.replaceAll(",", "")));
  };
  await page.getByRole("link", { name: "Codes", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "Codes" })).toHaveAttribute("aria-sort", "descending");
  const most = await codes();
  expect(most.length).toBeGreaterThan(2);
  expect(most).toEqual(most.toSorted((a, b) => b - a));
  await page.getByRole("link", { name: "Codes", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "Codes" })).toHaveAttribute("aria-sort", "ascending");
  const fewest = await codes();
  expect(fewest).toEqual(fewest.toSorted((a, b) => a - b));
});

test("a row offers what the batch's page does: a quick edit, its links, its file", async ({ page }) => {
  const batchId = await makeBatch(page, 3, "offered");
  await page.goto(`${batches}?q=${batchId}`);
  const open = () => page.getByRole("button", { name: `Actions for batch ${batchId}` }).click();
  await open();
  await page.getByRole("menuitem", { name: "Change limit…" }).click();
  await page.getByRole("dialog").getByRole("spinbutton").or(page.getByRole("dialog").getByRole("textbox")).fill("7");
  await page.getByRole("button", { name: "Change 3 codes" }).click();
  await expect(page.getByText("Changed 3 codes").first()).toBeVisible();
  await spoilClipboard(page);
  await open();
  await page.getByRole("menuitem", { name: "Copy all links" }).click();
  await expect(page.getByText("Copied 3 links").first()).toBeVisible();
  expect((await clipboardText(page)).split("\n")).toHaveLength(3);
  await open();
  const saved = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Export batch" }).click();
  expect((await saved).suggestedFilename()).toMatch(/\.csv$/);
});

test("the list's filter finds a batch by its name, and its row tells it", async ({ page }) => {
  const batchId = await makeBatch(page, 2, "filtered");
  await page.goto(`${batches}/${batchId}`);
  await page.getByRole("textbox", { name: "Name" }).fill("Podcast guests");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Name and note saved").first()).toBeVisible();
  const list = new ReferralList(page);
  await list.open();
  const popup = await list.addFilter("Batch ID");
  await popup.getByRole("textbox", { name: "Name or ID" }).fill("podcast");
  await popup.getByRole("button", { name: "Podcast guests" }).click();
  await expect(page).toHaveURL(new RegExp(`batch=${batchId}`));
  await expect(page.getByTitle("Podcast guests")).toHaveCount(2);
});

test("the batches of a campaign without any, and of a search that finds none, say what to do", async ({ page }) => {
  await page.goto(`${await makeCampaign(page, "Without batches")}/referrals/batches`);
  await expect(page.getByRole("heading", { name: "No batches yet" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${batches}?q=nothing-like-it`);
  await expect(page.getByRole("heading", { name: "No batch is called so" })).toBeVisible();
  await page.getByRole("link", { name: "Show all batches" }).click();
  await expect(page.getByRole("row")).not.toHaveCount(0);
  await expectAccessible(page);
});
