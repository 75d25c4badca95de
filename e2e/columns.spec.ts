import type { Page } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";
import { ReferralList } from "./pages/referral-list";

const columns =
  "status redemptions advocate friend batch origin created validFrom validUntil attributes attr.tags attr.note attr.reward_points";
const choices = [
  columns.split(" "), // all of them
  ...columns.split(" ").map((column) => [column]), // each alone
  ["advocate", "attributes"],
  ["validUntil", "validFrom", "created", "friend", "attributes", "redemptions"],
  ["batch", "origin", "attr.note", "attr.tags", "advocate", "created"],
].map((chosen) => `columns=code,${chosen.join()}`);
const widths = [1024, 1280, 1440, 1920];

/** Texts as long as they may be, dates with times, and letters of other scripts. */
const hostile = [
  "code,startdate,expirydate,advocateprofileintegrationid,friendprofileintegrationid,limitval,attributes",
  ...["WIDE".repeat(25), "W".repeat(24), "紹介コード友達招待春夏秋冬", "Ж".repeat(60)].flatMap((code, row) => [
    `${code},2126-05-28T09:30:00Z,2128-12-28T20:45:00Z,${"W".repeat(1000)},${"friend-".repeat(100)},999999,${attributes(row)}`,
    `${code.slice(0, 90)}.X,2025-05-28T09:30:00Z,2025-12-28T20:45:00Z,${"井上".repeat(300)},,0,${attributes(row + 9)}`,
    `${code.slice(0, 90)}.Y,,,a,,9999,"{""vip"":true}"`,
  ]),
].join("\n");

function attributes(row: number): string {
  const values = {
    channel: "チャンネル".repeat(40),
    tier: "gold",
    vip: true,
    reward_points: 123456789.125,
    invited_at: "2026-05-28T09:30:00Z",
    note: `${"note".repeat(100)} ${row}`,
    tags: Array.from({ length: 60 }, (_, index) => `tag-${index}`),
  };
  return `"${JSON.stringify(values).replaceAll('"', '""')}"`;
}

/** Imports the hostile codes into a campaign of their own, and gives its number. */
async function importHostile(page: Page): Promise<number> {
  await page.goto("/applications/1/campaigns/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Hostile");
  await page.getByRole("checkbox", { name: "Referrals" }).check();
  await page.getByRole("button", { name: "Create campaign" }).click();
  await expect(page.getByRole("heading", { name: "No referral codes yet" })).toBeVisible();
  const campaign = Number(/campaigns\/(\d+)\//.exec(page.url())?.[1]);
  await page.goto(campaignPath(campaign, "/referrals/import"));
  await page
    .getByLabel("Choose a CSV file")
    .setInputFiles({ name: "hostile.csv", mimeType: "text/csv", buffer: Buffer.from(hostile) });
  await page.getByRole("button", { name: "Import 12 codes" }).click();
  await expect(page.getByText("Imported 12 codes").first()).toBeVisible();
  return campaign;
}

/** What is wrong with how the table stands, in words; nothing where all is right. */
function faults(page: Page): Promise<string[]> {
  return page.getByRole("table", { name: /^Referrals, / }).evaluate((table) => {
    const found: string[] = [];
    const widthOf = (element: Element) => {
      const text = document.createRange();
      text.selectNodeContents(element);
      return text.getBoundingClientRect().width;
    };
    const probe = document.createElement("span");
    probe.textContent = "W".repeat(24);
    table.querySelector("th .cell-copy")?.append(probe);
    const letters24 = probe.getBoundingClientRect().width;
    probe.remove();
    const rows = [...table.querySelectorAll("tr")];
    const compact = table.dataset.density === "compact";
    for (const [index, row] of rows.entries()) {
      const height = row.getBoundingClientRect().height;
      if (index > 0 && Math.abs(height - (compact ? 30 : 38)) > 1.5) found.push(`row ${index} is ${height} px high`);
      for (const cell of row.cells) {
        const edge = cell.getBoundingClientRect();
        const inside = (box: DOMRect) => box.left >= edge.left - 0.5 && box.right <= edge.right + 0.5;
        const name = `${cell.textContent?.slice(0, 30)} (row ${index}, cell ${cell.cellIndex})`;
        if (getComputedStyle(cell).overflowX !== "clip") found.push(`${name} is not kept in its cell`);
        for (const part of cell.querySelectorAll("button, a, input, .cell-share, .cell-line, .cell-chips"))
          if (!inside(part.getBoundingClientRect())) found.push(`${name} leaves its cell`);
        if (cell.matches(".end")) {
          const text = document.createRange();
          text.selectNodeContents(cell);
          if (!inside(text.getBoundingClientRect())) found.push(`${name} leaves its cell`);
        }
        for (const date of cell.querySelectorAll("time")) {
          const text = document.createRange();
          text.selectNodeContents(date);
          if (!inside(text.getBoundingClientRect())) found.push(`${name} leaves its cell`);
          if (text.getClientRects().length !== 1) found.push(`${name} takes more than one line`);
          if (date.getBoundingClientRect().height > 32) found.push(`${name} is as high as no row`);
        }
      }
      const code = row.querySelector<HTMLElement>("th .cell-copy");
      if (code) {
        const { paddingLeft, paddingRight } = getComputedStyle(code);
        const room = code.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
        const wanted = Math.min(widthOf(code), letters24);
        if (room < wanted - 0.5) found.push(`${code.textContent} has ${room} of ${wanted} px`);
      }
      const menu = row.querySelector("td:last-child button")?.getBoundingClientRect();
      if (index > 0 && (!menu || menu.left < 0 || menu.right > innerWidth))
        found.push(`row ${index} has no menu in sight`);
    }
    return found;
  });
}

test("no choice of columns cuts codes short, breaks dates or rows, or moves the menus out of sight", async ({
  page,
}) => {
  test.setTimeout(180_000); // 32 lists, each at four widths
  const list = new ReferralList(page, await importHostile(page));
  for (const density of ["comfortable", "compact"]) {
    for (const choice of choices) {
      await list.open(`?${choice}&density=${density}`);
      await expect(list.rows).toHaveCount(12);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        expect(await faults(page), `${choice}, ${density}, ${width} px`).toEqual([]);
      }
    }
  }
});

test("the eight columns fit at 1280 pixels, and stand right at every width", async ({ page }) => {
  const list = new ReferralList(page);
  const region = page.getByRole("region", { name: /^Referrals, / });
  for (const query of ["", "?status=used+up", "?status=expired,scheduled&density=compact"]) {
    await list.open(query);
    await list.complete();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      expect(await faults(page), `“${query}”, ${width} px`).toEqual([]);
      const hidden = await region.evaluate((element) => element.scrollWidth - element.clientWidth);
      if (width >= 1280) expect(hidden, `“${query}”, ${width} px`).toBe(0);
    }
  }
});

test("on a phone the table scrolls between the code and the row's menu", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const list = new ReferralList(page);
  await list.open();
  await list.complete();
  const code = list.copyButtons.first();
  const before = await code.boundingBox();
  const region = page.getByRole("region", { name: /^Referrals, / });
  await region.evaluate((element) => element.scrollTo({ left: 9999 }));
  expect(await region.evaluate((element) => element.scrollLeft)).toBeGreaterThan(100);
  expect(await code.boundingBox()).toEqual(before);
  await expect(list.rows.first().getByRole("button", { name: /^Actions for / })).toBeInViewport({ ratio: 1 });
});
