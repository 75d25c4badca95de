import type { Page } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";
import { makeBatch, makeCampaign } from "./pages/create";
import { download, parseRows } from "./pages/downloads";
import { ReferralList } from "./pages/referral-list";

// Batches of the demo that no test changes.
const created480 = "tqyrgahe";
const unlimited100 = "hfuoqjtd";

test("the columns stand in their order, and the newest code first", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open();
  await expect(list.table.getByRole("columnheader")).toHaveText([
    "",
    "Code",
    "Redemptions",
    "Advocate's Integration ID",
    "Batch ID",
    "Created",
    "Valid from",
    "Valid until",
    "Attributes",
    "Actions",
  ]);
  await list.complete();
  const created = await list.rows.evaluateAll((rows) =>
    rows.map((row) => row.querySelectorAll("td")[4]?.querySelector("time")?.dateTime ?? ""),
  );
  expect(created).toHaveLength(50);
  expect(created).toEqual(created.toSorted().reverse());
  expect(created.every((instant) => instant.endsWith("Z"))).toBe(true);
});

test("moments tell how far away they are, and go on telling it while the list is open", async ({ page }) => {
  const campaign = await makeCampaign(page, "How far away");
  await makeBatch(page, 1, "just now", campaign);
  await page.clock.install();
  await page.goto(`${campaign}/referrals`);
  const created = page.getByRole("table").locator("time");
  await expect(created).toHaveAttribute("data-away", /^(now|1 minute ago)$/);
  const later = async () => {
    await page.clock.fastForward("01:00:00"); // again where what tells it had not come yet
    return created.getAttribute("data-away");
  };
  await expect.poll(later).toMatch(/^\d+ (minutes|hours) ago$/);
});

test("an unlimited code says so", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${unlimited100}`);
  await expect(list.rows.first().getByRole("cell", { name: /^\d+ \/ unlimited$/ })).toBeVisible();
});

test("pages are walked by First, Previous, Next and Last, with the exact position and total", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${created480}&size=100`);
  await expect(list.position).toHaveText("1–100 of 480");
  for (const dead of ["First", "Previous"] as const) {
    await expect(list.step(dead)).toHaveAttribute("aria-disabled", "true");
  }
  const seen = await list.codes();
  for (const position of ["101–200", "201–300", "301–400", "401–480"]) {
    await list.step("Next").click();
    await expect(list.position).toHaveText(`${position} of 480`);
    seen.push(...(await list.codes()));
  }
  expect(new Set(seen).size).toBe(480);
  await expect(list.step("Next")).toHaveAttribute("aria-disabled", "true");
  await list.step("Previous").click();
  await expect(list.position).toHaveText("301–400 of 480");
  expect(await list.codes()).toEqual(seen.slice(300, 400));
  await list.step("Last").click();
  await expect(list.position).toHaveText(/^\d+–480 of 480$/);
  expect((await list.codes()).at(-1)).toBe(seen.at(-1));
  await list.step("First").click();
  await expect(list.position).toHaveText("1–100 of 480");
  expect(await list.codes()).toEqual(seen.slice(0, 100));
});

test("a page shows all its rows without scripts", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const list = new ReferralList(await context.newPage());
  await list.open();
  await expect(list.rows).toHaveCount(50);
  await context.close();
});

test("a page has as many rows as one chooses, and the address says how many", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${created480}`);
  const sizes = list.pages.getByRole("combobox", { name: "Rows per page" });
  for (const size of ["25", "100", "250"]) {
    await sizes.selectOption(size);
    await expect(list.rows).toHaveCount(Number(size));
    await expect(list.position).toHaveText(`1–${size} of 480`);
    expect(new URL(page.url()).searchParams.get("size")).toBe(size);
  }
});

test("the address is the state: reload, Back and a pasted link show the same rows", async ({ page, context }) => {
  const list = new ReferralList(page);
  await list.open("?size=25");
  await list.search.fill("spring");
  await expect(page).toHaveURL(/q=spring/);
  await expect(list.rows.first().getByRole("button", { name: /^Copy code SPRING-/ })).toBeVisible();
  const first = await list.codes();
  await list.step("Next").click();
  await expect(list.position).toHaveText(/^26–50 of /);
  const second = await list.codes();

  await page.reload();
  await expect(list.search).toHaveValue("spring");
  expect(await list.codes()).toEqual(second);
  const pasted = new ReferralList(await context.newPage());
  await pasted.page.goto(page.url());
  expect(await pasted.codes()).toEqual(second);
  await page.goBack();
  await expect(list.position).toHaveText(/^1–25 of /);
  expect(await list.codes()).toEqual(first);
  await expect(list.search).toHaveValue("spring");
});

test("a search keeps the rows until its own arrive, and of two searches the later wins", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open("?size=25");
  const before = await list.codes();
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(
    (url) => url.searchParams.get("q") === "spring",
    async (route) => {
      await held;
      await route.continue().catch(() => undefined); // the page may have dropped it by now
    },
  );
  const asked = page.waitForRequest((request) => new URL(request.url()).searchParams.get("q") === "spring");
  await list.search.fill("spring");
  await asked;
  const region = page.getByRole("region", { name: /^Referrals, newest first/ });
  await expect(region).toHaveAttribute("aria-busy", "true");
  expect(await list.codes()).toEqual(before);

  await list.search.fill("winter");
  await expect(list.rows.first().getByRole("button", { name: /^Copy code WINTER-/ })).toBeVisible();
  letGo();
  await expect(region).toHaveAttribute("aria-busy", "false");
  await expect(page).toHaveURL(/q=winter/);
  expect((await list.codes()).every((code) => code.startsWith("WINTER-"))).toBe(true);
});

test.describe("an address that cannot be read", () => {
  const nothingWider: [query: string, said: string][] = [
    ["?batch=UPPER", "“UPPER” is no Batch ID"],
    [`?batch=${created480}&batch=${unlimited100}`, "The address says “batch” more than once"],
    [`?q=${"x".repeat(1001)}`, "This text is too long"],
    ["?q=%00", "a character that no code can have"],
    ["?q=!", "has no letter or digit, and search compares only those"],
  ];
  for (const [query, said] of nothingWider) {
    test(`shows nothing for ${query.slice(0, 40)}, and says why`, async ({ page }) => {
      const answer = await page.goto(campaignPath(1, `/referrals${query}`));
      expect(answer?.status()).toBe(200);
      await expect(page.getByRole("heading", { name: "No codes found" })).toBeVisible();
      await expect(page.getByText(said)).toBeVisible();
      await expect(new ReferralList(page).rows).toHaveCount(0);
    });
  }

  const firstPage: [query: string, said: string][] = [
    ["page=banana", "The address named a page that cannot be read; this is the first page."],
    ["page=after-1-0", "The address named a page that cannot be read; this is the first page."],
    ["page=after--62180000000000-5", "The address named a page that cannot be read; this is the first page."],
    ["size=7", "The address asked for “7” codes a page"],
    ["size=1000000", "The address asked for “1000000” codes a page"],
  ];
  for (const [query, said] of firstPage) {
    test(`keeps its filter for ${query}, and says what became of the rest`, async ({ page }) => {
      const answer = await page.goto(campaignPath(1, `/referrals?batch=${created480}&${query}`));
      expect(answer?.status()).toBe(200);
      await expect(page.getByText(said)).toBeVisible();
      await expect(new ReferralList(page).position).toHaveText("1–50 of 480");
    });
  }
});

test("a campaign without codes says what they are, and leads to the two ways to get some", async ({ page }) => {
  await page.goto(campaignPath(3, "/referrals"));
  await expect(page.getByRole("heading", { name: "No referral codes yet" })).toBeVisible();
  await expect(page.getByText("A referral code belongs to an advocate")).toBeVisible();
  await page.getByRole("link", { name: "Create referrals" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Create referrals");
  await page.goBack();
  await page.getByRole("link", { name: "Import referrals" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Import referrals");
});

test("a campaign whose feature is off hides the pages, says where to switch it on, and has them back then", async ({
  page,
}) => {
  const menu = page.getByRole("navigation", { name: "Main" });
  for (const path of ["/referrals", "/referrals/new", "/referrals/import", "/referrals/1/edit"]) {
    await page.goto(campaignPath(2, path));
    await expect(page.getByRole("heading", { name: "The referrals feature is off" })).toBeVisible();
  }
  await expect(menu.getByRole("link", { name: "Settings" })).toBeVisible();
  await expect(menu.getByRole("link", { name: "Referrals" })).toBeHidden();

  await page.getByRole("link", { name: "Open settings" }).click();
  await switchReferrals(page, true);
  await menu.getByRole("link", { name: "Referrals" }).click();
  await expect(page.getByRole("heading", { name: "No referral codes yet" })).toBeVisible();

  await menu.getByRole("link", { name: "Settings" }).click();
  await switchReferrals(page, false);
  await expect(menu.getByRole("link", { name: "Referrals" })).toBeHidden();
});

async function switchReferrals(page: Page, on: boolean): Promise<void> {
  await page.getByRole("checkbox", { name: "Referrals" }).setChecked(on);
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved").first()).toBeVisible();
}

test("the list and its export hold the same codes under the same search", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open("?q=winter&size=250");
  const { text } = await download(await list.exportChoice("Talon.One's columns"));
  expect(parseRows(text).map((row) => row.code)).toEqual(await list.codes());
});
