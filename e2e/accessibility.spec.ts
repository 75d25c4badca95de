import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { campaignPath, expect, notFoundLine, test } from "./fixtures";
import { pageFiles } from "./pages/app-files";
import { expectAccessible, expectNothingFound, narrow } from "./pages/axe";
import { makeBatch } from "./pages/create";
import { ReferralList } from "./pages/referral-list";

// Axe reads every element in each state: it is given time on a machine that is busy.
test.describe.configure({ timeout: 180_000 });

const influencers = "nxbcayrs";
const pages: [name: string, path: string, heading: string | RegExp][] = [
  ["applications", "/applications", "Applications"],
  ["new application", "/applications/new", "New application"],
  ["time zone", "/applications/1/time-zone", /^Time zone of /],
  ["attributes", "/applications/1/attributes", "Attributes"],
  ["new attribute", "/applications/1/attributes/new", /attribute/],
  ["edit attribute", "/applications/1/attributes/tier/edit", /tier/i],
  ["API keys", "/applications/1/keys", "API keys"],
  ["new API key", "/applications/1/keys/new", "New API key"],
  ["account", "/account", "Account"],
  ["forgotten password", "/forgotten", "Forgotten password"],
  ["second factor", "/account/second-factor", "Second factor"],
  ["passkeys", "/account/passkeys", "Passkeys"],
  ["members", "/applications/1/members", "Members"],
  ["invite a member", "/applications/1/members/new", "Invite a member"],
  ["approval", "/applications/1/members/approval", "Approval by a second person"],
  ["audit", "/applications/1/audit", "Audit"],
  ["audit of the server", "/audit", "Audit of the server"],
  ["accounts", "/accounts", "Accounts"],
  ["campaigns", "/applications/1/campaigns", "Campaigns"],
  ["new campaign", "/applications/1/campaigns/new", /campaign/],
  ["overview", campaignPath(1), "Refer a friend"],
  ["overview of a year that was asked for wrongly", campaignPath(1, "?range=year&by=hour"), "Refer a friend"],
  ["redemptions", campaignPath(1, "/redemptions"), "Redemptions"],
  ["referrals", campaignPath(1, `/referrals?batch=${influencers}`), "Referrals"],
  ["no match", campaignPath(1, "/referrals?q=nothinglikeit&size=7"), "Referrals"],
  ["no codes yet", campaignPath(3, "/referrals"), "Referrals"],
  ["feature off", campaignPath(2, "/referrals/new"), "Create referrals"],
  ["create", campaignPath(1, "/referrals/new"), "Create referrals"],
  ["import", campaignPath(1, "/referrals/import"), "Import referrals"],
  ["batches", campaignPath(1, "/referrals/batches"), "Batches"],
  ["batch", campaignPath(1, `/referrals/batches/${influencers}`), /Batch/],
  ["referral", campaignPath(1, "/referrals/1"), /./],
  ["edit referral", campaignPath(1, "/referrals/1/edit"), /^Edit /],
  ["plan the edit of a referral", campaignPath(1, "/referrals/1/edit?form=plan"), /^Edit /],
  ["edit batch", campaignPath(1, `/referrals/edit?batch=${influencers}`), /^Edit batch /],
  ["operations", campaignPath(1, "/operations"), "Operations"],
  ["operation", campaignPath(1, "/operations/2"), /^Created /],
  ["settings", campaignPath(1, "/settings"), "Settings"],
  ["budgets", campaignPath(1, "/settings/budgets"), "Budgets"],
  ["new budget", campaignPath(1, "/settings/budgets/new"), "New budget"],
  ["check a code, refused", "/applications/1/check?code=NO-SUCH-CODE&friend=cust_1", "Check a code"],
  ["redemption counters", campaignPath(1, "/counters"), "Redemption counters"],
  ["customers", "/applications/1/customers?id=cust_1", "Customers"],
];
/** What axe looks at in the states that other tests bring about, by the files of those. */
const elsewhere: Record<string, string> = {
  "/applications/[applicationId]/campaigns/[campaignId]/referrals/delete": "accessibility.spec.ts",
  "/applications/[applicationId]/campaigns/[campaignId]/referrals/import/[importId]": "accessibility.spec.ts",
  "/applications/[applicationId]/campaigns/[campaignId]/settings/budgets/[budgetId]": "budgets.spec.ts",
  "/account/second-factor/codes": "second-factor.spec.ts",
  ...{ "/sign-in": "accounts.spec.ts", "/sign-in/code": "second-factor.spec.ts", "/enter/[token]": "accounts.spec.ts" },
  ...{ "/docs": "docs.spec.ts", "/docs/move-from-talon-one": "docs.spec.ts" },
};
/** What leads on to another page; where there is no application the first shows the form for a new one. */
const leading = ["/", "/applications/[applicationId]"];

test("axe looks at every page there is", () => {
  const looked = pages.map(([, path]) => path.split("?")[0] ?? "");
  const missed = pageFiles().filter(({ path, pattern }) => {
    const spec = elsewhere[path];
    if (spec !== undefined) return !readFileSync(new URL(spec, import.meta.url), "utf8").includes("expectAccessible(");
    return !leading.includes(path) && !looked.some((one) => pattern.test(one));
  });
  expect(missed.map(({ path }) => path)).toEqual([]);
});

for (const [name, path, heading] of pages) {
  test(`axe finds nothing, with every panel open: ${name}`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    await expectAccessible(page);
    for (const opener of await openers(page)) {
      await page.getByRole("button", { name: opener, exact: true }).first().click();
      const panel = page.getByRole("dialog").or(page.getByRole("menu"));
      await expect(panel).toBeVisible();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await expectNothingFound(page, `${opener}, ${colorScheme}`, 'dialog[open], [role="dialog"], [role="menu"]');
      }
      await page.keyboard.press("Escape");
      await expect(panel).toBeHidden();
    }
  });
}

/** The names of the buttons that open something, one of each kind: rows have the same ones. */
async function openers(page: Page): Promise<string[]> {
  const names = await page
    .locator("button[aria-haspopup]:visible")
    .evaluateAll((all) => all.map((one) => (one.getAttribute("aria-label") ?? one.textContent ?? "").trim()));
  return [...new Map(names.map((name) => [name.replace(/ (for|of) .*|\d+/g, ""), name])).values()];
}

test.describe("where there is nothing", () => {
  test.use({ expectedErrors: [notFoundLine] });
  test("axe finds nothing: not found", async ({ page }) => {
    await page.goto("/nothing");
    await expectAccessible(page);
  });
});

test("axe finds nothing: a row's menu, its attributes, and the menu of a narrow screen", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open(`?batch=${influencers}`);
  const [first = ""] = await list.codes();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expect(await list.menu(first)).toBeVisible();
  await expectNothingFound(page, "row menu");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `All 5 attributes of ${first}` }).click();
  await expect(page.getByRole("dialog", { name: "Attributes" })).toBeVisible();
  await expectNothingFound(page, "attributes");
  await page.keyboard.press("Escape");
  await page.setViewportSize(narrow);
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Menu" }).getByRole("link", { name: "Operations" })).toBeVisible();
  await expectNothingFound(page, "menu of a narrow screen");
});

test.describe("where the clipboard is refused", () => {
  test.use({ permissions: [] });
  test("axe finds nothing: the code to copy by hand", async ({ page }) => {
    const list = new ReferralList(page);
    await list.open(`?batch=${influencers}`);
    await list.copyButtons.first().click();
    await expect(page.getByRole("dialog", { name: /^Copy code / })).toBeVisible();
    await expectAccessible(page);
  });
});

test("axe finds nothing: the form for codes with its errors, and with the calendar", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals/new"));
  await page.getByText("Until a date", { exact: true }).click();
  await page.getByText("Many advocates", { exact: true }).click();
  await page.getByRole("textbox", { name: "Integration IDs" }).fill(`a\n\nb\na\n${"x".repeat(1001)}`);
  await page.getByRole("button", { name: "Create 2 codes" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeFocused();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Choose a day" }).first().click();
  await expect(page.getByRole("dialog", { name: "Choose a day" })).toBeVisible();
  await expectAccessible(page);
});

test("axe finds nothing: a checked file with problems", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals/import"));
  const broken = fileURLToPath(new URL("./data/referrals-broken.csv", import.meta.url));
  await page.getByLabel("Choose a CSV file").setInputFiles(broken);
  await expect(page.getByRole("table", { name: "Problems of the file" })).toBeVisible();
  await expectAccessible(page);
});

test("axe finds nothing: what was created, its plans for editing, deleting and undoing", async ({ page }) => {
  const batchId = await makeBatch(page, 30, "seen-by-axe");
  await expectAccessible(page);

  await page.goto(campaignPath(1, `/referrals/edit?batch=${batchId}`));
  await page.getByRole("combobox", { name: "What to do with Redemption limit" }).selectOption("Raise by");
  await page.getByRole("textbox", { name: "Raise by" }).fill("3");
  await page.getByRole("combobox", { name: "What to do with Valid until" }).selectOption("Set to");
  await page.getByRole("textbox", { name: "Valid until" }).fill("2027-02-31");
  await page.keyboard.press("Tab");
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Valid until" }).fill("2025-02-28");
  await expect(page.getByRole("button", { name: "Change 30 codes" })).toBeEnabled();
  await expectAccessible(page);

  await page.goto(campaignPath(1, `/referrals/delete?batch=${batchId}`));
  await page.getByRole("button", { name: "Delete 30 codes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Deleted 30 codes");
  await page.getByRole("button", { name: "Show the plan" }).click();
  await expect(page.getByRole("button", { name: "Bring back 30 codes" })).toBeEnabled();
  await expectAccessible(page);
});

test("axe finds nothing: the plan to delete codes that were redeemed", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals/delete?batch=tqyrgahe"));
  await expect(page.getByRole("button", { name: "Delete 480 codes" })).toBeEnabled();
  await expectAccessible(page);
});
