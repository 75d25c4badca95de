import { expect, test } from "./fixtures";
import { expectAccessible } from "./pages/axe";

test("who administers the server finds an account, makes an administrator, disables and enables", async ({
  page,
  browser,
}) => {
  await page.goto("/applications/1/members/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Dora Disabled");
  await page.getByRole("textbox", { name: "E-mail address" }).fill("dora@example.com");
  await page.getByRole("button", { name: "Invite" }).click();
  const shown = await page.getByRole("button", { name: /^Copy link for/ }).textContent();
  await page.getByRole("button", { name: /^(Done|I have copied it)$/ }).click();
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const dora = await context.newPage();
  await dora.goto(/http\S+\/enter\/[\w-]{43}/.exec(shown ?? "")?.[0] ?? "");
  await dora.getByLabel("New password").fill("correct horse battery");
  await dora.getByRole("button", { name: "Save and sign in" }).click();
  await expect(dora.getByRole("heading", { level: 1 })).toHaveText("Campaigns");
  await dora.goto("/accounts");
  await expect(dora.getByRole("heading", { level: 1 })).toHaveText("You may not see this page");

  await page.goto("/applications");
  await page.getByRole("link", { name: "Accounts" }).click();
  await page.getByRole("searchbox", { name: "Name or e-mail address" }).fill("DORA@");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/\?q=DORA/);
  const row = page.getByRole("row", { name: /Dora Disabled/ });
  await expect(row).toContainText("(viewer)");
  await row.getByRole("button", { name: "Administrator… Dora Disabled" }).click();
  await page.getByRole("button", { name: "Make administrator" }).click();
  await expect(page.getByText("Dora Disabled administers the server now")).toBeVisible();
  await expect(row).toContainText("All of them");
  await dora.reload();
  await expect(dora.getByRole("heading", { level: 1 })).toHaveText("Accounts");
  const own = dora.getByRole("row", { name: /Dora Disabled.*You/ });
  await expect(own.getByRole("button", { name: /^Disable/ })).toBeHidden();
  await row.getByRole("button", { name: "No administrator… Dora Disabled" }).click();
  await page.getByRole("button", { name: "Take it away" }).click();
  await expect(page.getByText("Dora Disabled administers the server no longer")).toBeVisible();

  await row.getByRole("button", { name: "Disable… Dora Disabled" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Disable account" }).click();
  await expect(row.getByText("Disabled", { exact: true })).toBeVisible();
  await dora.goto("/applications/1/campaigns");
  await expect(dora.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await dora.getByRole("textbox", { name: "E-mail address" }).fill("dora@example.com");
  await dora.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await dora.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dora.getByRole("alert").filter({ hasText: "is disabled" })).toBeVisible();

  await row.getByRole("button", { name: "Enable… Dora Disabled" }).click();
  await page.getByRole("button", { name: "Enable account" }).click();
  await expect(row.getByText("Disabled", { exact: true })).toBeHidden();
  await row.getByRole("button", { name: "Link… Dora Disabled" }).click();
  await page.getByRole("button", { name: "Make link" }).click();
  await expect(page.getByRole("heading", { name: "A link for Dora Disabled" })).toBeFocused();
  await page.getByRole("button", { name: /^(Done|I have copied it)$/ }).click();
  await context.close();

  await page.goto("/accounts?q=nobody-at-all");
  await expect(page.getByText("Nobody is called that")).toBeVisible();
  await page.getByRole("link", { name: "Show everybody" }).click();
  await expect(page).toHaveURL(/\/accounts$/);
});
