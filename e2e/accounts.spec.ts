import type { Page } from "@playwright/test";
import { administrator } from "../lib/testing/sign-in";
import { campaignPath, expect, test } from "./fixtures";
import { expectAccessible } from "./pages/axe";
import { makeCode } from "./pages/create";

// Each test begins signed out, and has sessions of its own.
test.use({ storageState: { cookies: [], origins: [] } });

const { ADMIN_EMAIL, ADMIN_PASSWORD } = administrator;
const email = (page: Page) => page.getByRole("textbox", { name: "E-mail address" });
const password = (page: Page) => page.getByLabel("Password", { exact: true });

async function signIn(page: Page): Promise<void> {
  await email(page).fill(ADMIN_EMAIL);
  await password(page).fill(ADMIN_PASSWORD);
  await password(page).press("Enter");
}

test("who is not signed in is led to where one does that, and from there to where one was going", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals?status=active"));
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await expectAccessible(page);
  await password(page).fill("not the password");
  await email(page).fill("nobody@example.com");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "do not go together" })).toBeVisible();
  await expect(email(page)).toHaveValue("nobody@example.com");
  await expect(password(page)).toHaveValue("");
  expect(page.url()).not.toContain("nobody");
  await signIn(page);
  await expect(page).toHaveURL(/\/referrals\?status=active$/);

  const menu = page.getByRole("complementary", { name: "Menu" });
  await expect(menu.getByRole("link", { name: "Administrator" })).toBeVisible();
  await menu.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await page.goBack();
  await page.goto(campaignPath(1, "/referrals"));
  await expect(page).toHaveURL(/\/sign-in/);
});

test("an address elsewhere is not where one is led", async ({ page }) => {
  await page.goto(`/sign-in?to=${encodeURIComponent("//evil.example/")}`);
  await signIn(page);
  await expect(page).toHaveURL(/\/applications\/1\/campaigns$|\/applications$/);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("one signs in, reads, and signs out", async ({ page }) => {
    await page.goto(campaignPath(1, "/referrals"));
    await signIn(page);
    await expect(page.getByRole("table").getByRole("rowheader").first()).toContainText(/\w{4,}/);
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  });
});

test.describe("signed out in another tab", () => {
  // What the page asks for by itself meanwhile, such as the progress of operations, is refused as well.
  test.use({ expectedErrors: [/status of 401/] });

  test("a form keeps its input and goes on after signing in there", async ({ context, page }) => {
    await page.goto("/applications/1/keys/new");
    await signIn(page);
    await page.getByRole("textbox", { name: "Name" }).fill("Other tab");
    const other = await context.newPage();
    await other.goto("/account");
    await other.getByRole("button", { name: "Sign out" }).click();
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("Sign in");

    await page.getByRole("button", { name: "Make key" }).click();
    const refusal = page.getByRole("alert").filter({ hasText: "You are signed out" });
    await expect(refusal).toBeVisible();
    const opening = context.waitForEvent("page");
    await refusal.getByRole("link", { name: "Sign in, in another tab" }).click();
    const third = await opening;
    await signIn(third);
    await expect(third).toHaveURL(/\/applications/);
    await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Other tab");
    await page.getByRole("button", { name: "Make key" }).click();
    await expect(page.getByText("“Other tab” works from now on")).toBeVisible();
  });

  test("a message says so and leads to signing in", async ({ context, page }) => {
    await page.goto("/applications/1/campaigns");
    await signIn(page);
    await expect(page).toHaveURL(/campaigns$/);
    await makeCode(page, "SIGNED-OUT-1", "signed-out");
    await page.goto(campaignPath(1, "/operations?code=signed-out-1"));
    const undo = page.getByRole("button", { name: /^Undo / }).first();
    await expect(undo).toBeVisible();
    const other = await context.newPage();
    await other.goto("/account");
    await other.getByRole("button", { name: "Sign out" }).click();
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("Sign in");
    await undo.click();
    await expect(page.getByText("You are signed out, so nothing was done.")).toBeVisible();
    const opening = context.waitForEvent("page");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect((await opening).getByRole("heading", { level: 1 })).toHaveText("Sign in");
  });
});

test("one sees where one is signed in, and ends a session", async ({ browser, page, baseURL }) => {
  const agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
  const elsewhere = await (await browser.newContext({ baseURL, userAgent: agent })).newPage();
  await elsewhere.goto("/applications");
  await signIn(elsewhere);
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText("Applications");

  await page.goto("/account");
  await signIn(page);
  await expectAccessible(page);
  const sessions = page.getByRole("row");
  await expect(sessions.filter({ hasText: "This one" })).toHaveCount(1);
  await expect(sessions.filter({ hasText: "Firefox on Windows from 127.0.0.1" })).toHaveCount(1);
  await page.getByRole("button", { name: "End Firefox on Windows" }).click();
  await expect(page.getByText("The session has ended.")).toBeVisible();
  await expect(sessions.filter({ hasText: "Firefox on Windows" })).toHaveCount(0);
  await elsewhere.goto("/applications");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.context().close();
});

test("in the account a wrong value is said at its field, and what was typed is kept", async ({ page }) => {
  await page.goto("/account");
  await signIn(page);
  await page.getByRole("textbox", { name: "E-mail address" }).fill("nowhere");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This is no e-mail address" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "E-mail address" })).toHaveValue("nowhere");
  await page.getByLabel("Current password").fill(ADMIN_PASSWORD);
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "12 to 128 characters" })).toBeVisible();
});

test("a link that is none lets nobody in, and says what to do", async ({ page }) => {
  await page.goto(`/enter/${"x".repeat(43)}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link lets nobody in any more");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
});
