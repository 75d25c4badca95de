import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { ReferralList } from "./pages/referral-list";

test.describe.configure({ timeout: 180_000 });

// Batches of the demo that no test changes.
const created480 = "tqyrgahe";
const query = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

/** Holds back what the list answers from now on, until it is let go. */
async function holdAnswers(page: Page): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(
    (url) => url.pathname.endsWith("/referrals") && url.searchParams.has("_rsc"),
    async (route) => {
      await held;
      await route.continue().catch(() => undefined); // the page may have dropped it by now
    },
  );
  return letGo;
}

test("conditions are chips: added, edited, removed, and cleared together; the address holds them", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open();
  const status = await list.addFilter("Status");
  await status.getByRole("button", { name: "Apply" }).click();
  await expect(status.getByText("Tick one or more.")).toBeVisible();
  await status.getByRole("checkbox", { name: "Expired" }).check();
  await status.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/status=expired/);
  await expect(list.rows.first().getByText("Expired")).toBeVisible();
  const expired = await list.position.textContent();

  await page.getByRole("button", { name: "Edit filter: Status Expired" }).click();
  await page.getByRole("dialog", { name: "Status" }).getByRole("checkbox", { name: "Scheduled" }).check();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Edit filter: Status Expired, Scheduled" })).toBeVisible();
  await expect(list.position).not.toHaveText(expired ?? "");

  const redemptions = await list.addFilter("Redemptions");
  await redemptions.getByRole("radio", { name: "From … to" }).check();
  await redemptions.getByRole("textbox", { name: "From" }).fill("9");
  await redemptions.getByRole("textbox", { name: "To" }).fill("2");
  await redemptions.getByRole("button", { name: "Apply" }).click();
  await expect(redemptions.getByText("This is less than the least.")).toBeVisible();
  await redemptions.getByRole("textbox", { name: "To" }).fill("");
  await redemptions.getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => query(page, "redemptions")).toBe("9..");

  await page.getByRole("button", { name: "Remove filter: Status" }).click();
  await expect.poll(() => query(page, "status")).toBeNull();
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect.poll(() => new URL(page.url()).search).toBe("");
  await expect(list.rows).toHaveCount(50);
});

test("a range of dates is typed or picked, in the zone that is named", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open();
  const created = await list.addFilter("Created");
  await created.getByRole("textbox", { name: "From" }).fill("2026-02-31");
  await created.getByRole("button", { name: "Apply" }).click();
  await expect(created.getByRole("textbox", { name: "From" })).toHaveAttribute("aria-invalid", "true");
  await created.getByRole("textbox", { name: "From" }).fill("2020-01-01");
  await expect(created.getByText(/Europe\/Berlin/).first()).toBeVisible();
  await created.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/created=2020-01-01\.\./);
  await expect(page.getByRole("button", { name: "Edit filter: Created from 1 Jan 2020" })).toBeVisible();
  await expect(list.rows).toHaveCount(50);
});

test("an attribute is asked for by its type", async ({ page }) => {
  const list = new ReferralList(page);
  const values = () =>
    list.rows.evaluateAll((rows) =>
      [...new Set(rows.map((row) => row.querySelectorAll("td")[1]?.textContent ?? "nothing there"))].sort(),
    );
  let counted = 0;
  for (const [choice, shown, text] of [
    ["Yes", "yes", "yes"],
    ["No", "no", "no"],
    ["Not set", "", "none"],
  ] as const) {
    await list.open(`?batch=${created480}&size=250&columns=code,attr.vip`);
    await list.complete();
    expect(await values()).toEqual(["", "no", "yes"]);
    const vip = await list.addFilter("VIP");
    await vip.getByRole("radio", { name: choice, exact: true }).check();
    await vip.getByRole("button", { name: "Apply" }).click();
    await expect.poll(values).toEqual([shown]);
    expect(query(page, "attr.vip")).toBe(text);
    await expect(list.position).toHaveText(/ of (?!480$)\d+$/);
    counted += Number((await list.position.textContent())?.split(" of ")[1]);
  }
  expect(counted).toBe(480);
});

test("quick changes add up: each begins at what was last asked for, not at what is shown", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${created480}&origin=created&redemptions=0..`);
  await list.complete();
  const letGo = await holdAnswers(page);
  for (const name of ["Remove filter: Origin", "Remove filter: Redemptions"]) {
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("button", { name })).toBeHidden();
  }
  await page.getByRole("button", { name: "Columns" }).click();
  const panel = page.getByRole("dialog", { name: "Columns and rows" });
  await panel.getByRole("checkbox", { name: "Batch ID" }).uncheck();
  await panel.getByRole("checkbox", { name: "Tier" }).check();
  letGo();
  await expect
    .poll(() => query(page, "columns"))
    .toBe("code,redemptions,advocate,created,validFrom,validUntil,attributes,attr.tier");
  expect([query(page, "batch"), query(page, "origin"), query(page, "redemptions")]).toEqual([created480, null, null]);
  await expect(list.table.getByRole("columnheader", { name: "Tier" })).toBeVisible();
});

test("another order keeps a search that is on its way", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${created480}`);
  await list.complete();
  const letGo = await holdAnswers(page);
  const asked = page.waitForRequest((request) => new URL(request.url()).searchParams.get("q") === "a");
  await list.search.fill("a");
  await asked;
  await list.table.getByRole("columnheader", { name: "Code" }).getByRole("button").click();
  letGo();
  await expect.poll(() => query(page, "sort")).toBe("code");
  expect(query(page, "q")).toBe("a");
  await expect(list.search).toHaveValue("a");
});

test("the search box follows the address, also after a search that was taken back before it arrived", async ({
  page,
}) => {
  const list = new ReferralList(page);
  await list.open("?q=g");
  await list.complete();
  await page.getByRole("combobox", { name: "Rows per page" }).selectOption("25");
  await expect.poll(() => query(page, "size")).toBe("25");
  await list.search.fill("");
  await expect.poll(() => query(page, "q")).toBeNull();
  const region = page.getByRole("region", { name: /^Referrals, newest first/ });
  await expect(region).toHaveAttribute("aria-busy", "false");

  const letGo = await holdAnswers(page);
  await list.search.fill("g");
  const clear = page.getByRole("button", { name: "Clear all" });
  await expect(clear).toBeVisible(); // as long as a search is asked for
  await list.search.fill("");
  await expect(clear).toBeHidden();
  letGo();
  await expect(region).toHaveAttribute("aria-busy", "false");
  await expect(list.search).toHaveValue("");
  await page.goBack();
  await expect.poll(() => query(page, "q")).toBe("g");
  await expect(list.search).toHaveValue("g");
});

test("a condition that cannot be read shows nothing, says why, and can be removed", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open("?status=lost&size=25");
  await expect(page.getByText("“status=lost” cannot be read.")).toBeVisible();
  await expect(list.rows).toHaveCount(0);
  await page.getByRole("button", { name: "Remove filter: Status" }).click();
  await expect(list.rows).toHaveCount(25);
});
