import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";
import { makeCode } from "./pages/create";
import { makeKey } from "./pages/keys";
import { ReferralList } from "./pages/referral-list";

const overTime = (page: Page) => page.getByRole("region", { name: "Over time" });
const number = (text: string | null) => Number((text ?? "").replaceAll(",", ""));

/** The only number that a figure's link has. */
async function figure(page: Page, region: string): Promise<number> {
  return number(await page.getByRole("region", { name: region, exact: true }).getByRole("link").first().textContent());
}

test("what is redeemed is on the overview, as a bar and in its table, and both lead to it", async ({
  page,
  request,
}) => {
  await makeCode(page, "CHART-CODE", "cust_chart");
  const key = await makeKey(page, "Chart");
  await page.goto(campaignPath(1, "?range=7d"));
  const before = await figure(page, "Redemptions");
  const closed = await request.put("/v2/customer_sessions/chart 1", {
    headers: { authorization: `ApiKey-v1 ${key}` },
    data: { customerSession: { state: "closed", profileId: "cust_of_chart", referralCode: "CHART-CODE" } },
  });
  expect((await closed.json()).effects[0].effectType).toBe("acceptReferral");
  await page.reload();
  expect(await figure(page, "Redemptions")).toBeGreaterThan(before);
  const bars = page.getByRole("region", { name: "Redemptions", exact: true });
  await bars.locator(".recharts-bar-rectangle a:has(path)").last().click();
  await expect(page.getByRole("heading", { level: 1, name: "Redemptions" })).toBeVisible();
  await expect(page.getByRole("row", { name: /CHART-CODE/ })).toContainText("cust_of_chart");
  await page.goBack();
  await overTime(page).getByText("As a table").click();
  const last = overTime(page).getByRole("table").getByRole("row").last();
  await last.getByRole("cell").nth(1).getByRole("link").click();
  await expect(page.getByRole("row", { name: /CHART-CODE/ })).toContainText("cust_of_chart");
});

test("the range and its steps are in the address, and own dates too", async ({ page }) => {
  await page.goto(campaignPath(1));
  const range = overTime(page).getByRole("navigation", { name: "Range of time" });
  await expect(range.getByRole("link", { name: "30 days" })).toHaveAttribute("aria-current", "true");
  await range.getByRole("link", { name: "90 days" }).click();
  await expect(page).toHaveURL(/range=90d$/);
  await expect(overTime(page)).toContainText("in the 90 days before");
  await expect(overTime(page)).toContainText("on the clocks of Europe/Berlin");
  await overTime(page).getByRole("link", { name: "Months" }).click();
  await expect(page).toHaveURL(/range=90d&by=month/);
  await overTime(page).getByLabel("From").fill("2026-01-01");
  await overTime(page).getByLabel("through").fill("2026-01-14");
  await overTime(page).getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/from=2026-01-01&to=2026-01-14/);
  await expect(overTime(page)).toContainText("1 Jan 2026 – 14 Jan 2026");
  await overTime(page).getByText("As a table").click();
  await expect(overTime(page).getByRole("table").getByRole("row")).toHaveCount(15);
  await page.goto(campaignPath(1, "?range=fortnight"));
  await expect(page.getByText(/asked for the range “fortnight”/)).toBeVisible();
});

/** How many codes the list says it has. */
const counted = async (list: ReferralList) =>
  number(/of (?:about )?([\d,]+)/.exec((await list.position.textContent()) ?? "")?.[1] ?? "");

test("each figure leads to the codes behind it", async ({ page }) => {
  const list = new ReferralList(page);
  await page.goto(campaignPath(1, "?range=year"));
  const figures = page.getByRole("region", { name: "Figures" });
  const links = await figures.getByRole("link").all();
  expect(links).toHaveLength(5);
  const found = await page.getByRole("region", { name: "Worth a look" }).getByRole("link").all();
  expect(found).toHaveLength(3);
  const made = page.getByRole("region", { name: "Codes made" }).getByRole("link").first();
  for (const link of [...links, ...found, made]) {
    const text = (await link.textContent()) ?? "";
    const count = number(/[\d,]+/.exec(text)?.[0] ?? "");
    await page.goto((await link.getAttribute("href")) ?? "");
    if (count > 10_000)
      await expect.poll(() => counted(list)).toBeGreaterThan(count / 2); // so many are a guess, or others are just making more
    else if (count > 0) await expect(list.position).toContainText(`of ${count.toLocaleString("en-GB")}`);
    else await expect(list.rows).toHaveCount(0);
    await page.goBack();
  }
});

test("the chart is a file", async ({ page, request }) => {
  await page.goto(campaignPath(1, "?range=7d"));
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    overTime(page).getByRole("link", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^campaign-1-over-time-by-day-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(8);
  expect(lines[0]).toContain("from (Europe/Berlin),through,codes made,redemptions");
  const head = await request.head(campaignPath(1, "/over-time?range=7d"));
  expect([head.status(), (await head.body()).length]).toEqual([200, 0]);
});

test("a campaign without codes says what to do", async ({ page }) => {
  await page.goto(campaignPath(3));
  await expect(page.getByRole("heading", { name: "No codes yet" })).toBeVisible();
  await expect(overTime(page)).toBeHidden();
});

test("the page of campaigns shows their redemptions, and leads to them", async ({ page }) => {
  await page.goto("/applications/1/campaigns");
  const row = page.getByRole("row", { name: /Refer a friend/ });
  await expect(row.getByRole("img")).toHaveAccessibleName(/redemptions? in the first 15 days/);
  await row.getByRole("link").last().click();
  await expect(page.getByRole("heading", { level: 1, name: "Redemptions" })).toBeVisible();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("the overview has its figures, its ranges and its table", async ({ page }) => {
    await page.goto(campaignPath(1, "?range=7d"));
    await overTime(page).getByRole("link", { name: "30 days" }).click();
    await overTime(page).getByText("As a table").click();
    await expect(overTime(page).getByRole("table").getByRole("row")).toHaveCount(31);
    await expect(page.getByRole("region", { name: "Best advocates", exact: true })).toBeVisible();
  });
});
