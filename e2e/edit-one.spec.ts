import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { makeCode } from "./pages/create";
import { instruct } from "./pages/edit";
import { ReferralList } from "./pages/referral-list";

const text = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

test("of two people who edit a code, the second sees what changed", async ({ page, context }) => {
  const second = await twoTabs(page, await context.newPage(), "TWO-PEOPLE");
  await instruct(page, "Redemption limit", "Set to", "5");
  await page.getByRole("button", { name: "Change 1 code" }).click();
  await expectApplied(page);

  await instruct(second, "Valid until", "Set to", "2027-12-31");
  await expect(second.getByText("Changed since you opened this form")).toBeVisible();
  await expect(second.getByText(/changed TWO-PEOPLE.*Redemption limit.*1.*becomes.*5/)).toBeVisible();
  await second.getByRole("button", { name: "Change 1 code" }).click();
  await expectApplied(second);
  await expect(second.getByRole("main")).toContainText("31 Dec 2027");
  await expect(second.getByRole("main")).toContainText("0 of 5 times"); // what the first one wrote is still there
});

test("a plan that another's change made stale is refused with the codes named, and planned anew", async ({
  page,
  context,
}) => {
  const second = await twoTabs(page, await context.newPage(), "STALE-PLAN");
  await instruct(second, "Redemption limit", "Set to", "20");
  await expect(second.getByRole("button", { name: "Change 1 code" })).toBeEnabled();
  await instruct(page, "Redemption limit", "Set to", "9");
  await page.getByRole("button", { name: "Change 1 code" }).click();
  await expectApplied(page);

  await second.getByRole("button", { name: "Change 1 code" }).click();
  const drift = second.getByRole("table", { name: "What changed meanwhile" });
  await expect(drift.getByRole("row").last()).toHaveText(/STALE-PLAN\s*Redemption limit\s*1\s*9/);
  await second.getByRole("button", { name: "Change 1 code" }).click();
  await expectApplied(second);
  await expect(second.getByRole("main")).toContainText("0 of 20 times");
});

test("one code's values are typed into a plain form, saved by one press, and undone by one", async ({ page }) => {
  await makeCode(page, "PLAIN-VALUES", "plain");
  await page.getByRole("link", { name: "View in the list" }).click();
  const list = new ReferralList(page);
  await (await list.menu("PLAIN-VALUES")).getByRole("menuitem", { name: "Edit referral" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit PLAIN-VALUES");
  await text(page, "Redemption limit").fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Type how often the code may be redeemed").first()).toBeVisible();
  await text(page, "Redemption limit").fill("7");
  await text(page, "Valid until").fill("2030-05-31");
  await text(page, "Friend's Integration ID").fill("only friend");
  await page.getByRole("combobox", { name: "Tier" }).selectOption("gold");
  await page.getByRole("button", { name: "Save" }).click();
  await expectApplied(page);
  for (const said of ["0 of 7 times", "31 May 2030", "only friend", "gold"])
    await expect(page.getByRole("main")).toContainText(said);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("main")).toContainText("0 of 1 time");
  await expect(page.getByRole("main")).toContainText("Only for friendanyone");
});

test("a value that somebody else saved meanwhile is told before it is replaced, and other values are theirs", async ({
  page,
  context,
}) => {
  await makeCode(page, "TWO-SAVES", "two-saves");
  await page.getByRole("link", { name: "View in the list" }).click();
  const list = new ReferralList(page);
  await (await list.menu("TWO-SAVES")).getByRole("menuitem", { name: "Edit referral" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit TWO-SAVES");
  const second = await context.newPage();
  await second.goto(page.url());
  await text(second, "Redemption limit").fill("20");
  await text(page, "Redemption limit").fill("9");
  await text(page, "Friend's Integration ID").fill("their friend");
  await page.getByRole("button", { name: "Save" }).click();
  await expectApplied(page);

  await second.getByRole("button", { name: "Save" }).click();
  await expect(second.getByText("They saved Redemption limit: 9.")).toBeVisible();
  await expect(text(second, "Redemption limit")).toHaveValue("20");
  await expect(text(second, "Friend's Integration ID")).toHaveValue("their friend");
  await second.getByRole("button", { name: "Save" }).click();
  await expectApplied(second);
  await expect(second.getByRole("main")).toContainText("0 of 20 times");
  await expect(second.getByRole("main")).toContainText("their friend");
});

/** The edit of one code is done: its form has given way to the code's own page, whose heading the form's contains. */
async function expectApplied(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/referrals\/\d+$/);
}

/** Makes a code and opens its form for editing in both tabs. */
async function twoTabs(first: Page, second: Page, code: string): Promise<Page> {
  await makeCode(first, code, "two-tabs");
  const list = new ReferralList(first);
  await list.open(`?q=${code}`);
  await (await list.menu(code)).getByRole("menuitem", { name: "Edit referral" }).click();
  await first.getByRole("link", { name: "Plan or schedule" }).click();
  await expect(first.getByRole("heading", { name: "What should change" })).toBeVisible();
  await second.goto(first.url());
  return second;
}
