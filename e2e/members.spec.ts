import { expect, test } from "./fixtures";
import { expectAccessible } from "./pages/axe";
import { makeCampaign, makeCode } from "./pages/create";
import { enter, invite, members } from "./pages/invite";

test("somebody is invited, comes in by the link, and sees and does what the role lets them", async ({
  page,
  browser,
}) => {
  const campaign = await makeCampaign(page, "Members only");
  await makeCode(page, "MEMBER-1", "member", Number(campaign.split("/").at(-1)));
  const link = await invite(page, "Vera", "Viewer");
  await page.getByRole("button", { name: /^(Done|I have copied it)$/ }).click();
  await expect(page.getByRole("row", { name: /Vera/ })).toContainText("Invited");

  const vera = await enter(browser, link, "correct horse battery");
  await vera.goto(`${campaign}/referrals`);
  const row = vera.getByRole("row", { name: /MEMBER-1/ });
  await expect(row).toBeVisible();
  await expect(vera.getByRole("link", { name: "Create referrals" })).toBeHidden();
  await expect(vera.getByRole("link", { name: "Import" })).toBeHidden();
  const menu = vera.getByRole("navigation", { name: "Main" });
  for (const hidden of ["API keys", "Members", "Audit", "Settings"])
    await expect(menu.getByRole("link", { name: hidden })).toBeHidden();
  await expect(menu.getByRole("link", { name: "Operations" })).toBeVisible();
  await row.getByRole("button", { name: /^Actions for/ }).click();
  await expect(vera.getByRole("menuitem")).toHaveText(["Copy code", "Open referral"]);
  await vera.keyboard.press("Escape");
  await row.getByRole("checkbox").check();
  const bar = vera.getByRole("region", { name: "Selected codes" });
  await expect(bar.getByRole("button", { name: "Copy codes" })).toBeVisible();
  for (const hidden of ["Edit", "Quick edit", "Delete"])
    await expect(bar.getByRole("button", { name: hidden, exact: true })).toBeHidden();
  await vera.goto(members);
  await expect(vera.getByRole("heading", { level: 1 })).toHaveText("You may not see this page");

  await page.reload();
  await page.getByRole("combobox", { name: "Role of Vera" }).selectOption("Editor");
  await expect(page.getByText("Vera is editor now")).toBeVisible();
  await vera.goto(`${campaign}/referrals`);
  await expect(vera.getByRole("link", { name: "Create referrals" })).toBeVisible();
  await expect(menu.getByRole("link", { name: "Members" })).toBeHidden();
  await row.getByRole("button", { name: /^Actions for/ }).click();
  await expect(vera.getByRole("menuitem", { name: "Edit referral" })).toBeVisible();

  await page.getByRole("button", { name: "Remove… Vera" }).click();
  await page.getByRole("button", { name: "Remove member" }).click();
  await expect(page.getByText("Removed Vera")).toBeVisible();
  await vera.goto(`${campaign}/referrals`);
  await expect(vera.getByRole("heading", { level: 1 })).toHaveText("There is nothing at this address");
  await vera.context().close();

  await page.goto("/applications/1/audit?by=vera");
  await expect(page.getByRole("row", { name: /Vera.*Was refused to see who the members/ })).toBeVisible();
  await page.goto("/applications/1/audit");
  await expect(page.getByRole("row", { name: /Changed the role of Vera.*viewer → editor/ })).toBeVisible();
  await page.goto("/audit");
  await expect(page.getByRole("row", { name: /Vera.*Signed in by a link/ })).toBeVisible();
});

test("axe finds nothing: the link that is handed over, and the question before somebody goes", async ({ page }) => {
  test.setTimeout(180_000); // axe takes its time on a slow machine
  await invite(page, "Walter", "Editor");
  await expectAccessible(page);
  await page.getByRole("button", { name: /^(Done|I have copied it)$/ }).click();
  await page.getByRole("button", { name: "Remove… Walter" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove member" }).click();
  await expect(page.getByText("Removed Walter")).toBeVisible();
});

test("what is wrong with an invitation is said at its field, and what was typed stays", async ({ page }) => {
  await page.goto(`${members}/new`);
  await page.getByRole("textbox", { name: "Name" }).fill("Nobody");
  await page.getByRole("textbox", { name: "E-mail address" }).fill("nobody at example");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("This is no e-mail address; write one such as maria@example.com.").first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "E-mail address" })).toHaveValue("nobody at example");
});

test("the audit is filtered by its address, and comes as a file", async ({ page }) => {
  await page.goto("/applications/1/audit?what=operation&from=2026-02-31");
  await expect(page.getByText("“2026-02-31” was left out")).toBeVisible();
  await expect(page.getByRole("list", { name: "Filters" }).getByRole("listitem")).toHaveText([
    "What Operations on codes",
  ]);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  expect((await downloading).suggestedFilename()).toBe("audit-of-application-1.csv");
});
