import type { Page } from "@playwright/test";
import { type OidcDouble, startOidc } from "../lib/testing/oidc";
import { administrator } from "../lib/testing/sign-in";
import { type SmtpDouble, startSmtp } from "../lib/testing/smtp";
import { campaignPath, expect, test } from "./fixtures";
import { expectAccessible } from "./pages/axe";

// The provider and the mail server of the settings are there only while this file's tests run, one after another.
test.describe.configure({ mode: "serial" });
test.use({ storageState: { cookies: [], origins: [] } });

let provider: OidcDouble;
let mails: SmtpDouble;
test.beforeAll(async () => {
  provider = await startOidc(Number(process.env.E2E_OIDC_PORT));
  mails = await startSmtp(Number(process.env.E2E_SMTP_PORT));
});
test.afterAll(async () => {
  await provider.stop();
  await mails.stop();
});

const byProvider = (page: Page) => page.getByRole("button", { name: "Continue with Example ID" });
// Other tests' mails come here too.
const sentTo = (address: string) => mails.mails.filter(({ to }) => to === address);
const tokenIn = (text = "") => /\/enter\/[\w-]{43}$/m.exec(text)?.[0] ?? "";

async function signInByPassword(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "E-mail address" }).fill(administrator.ADMIN_EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(administrator.ADMIN_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("somebody is invited by mail, comes in by the provider instead, and unlinks it once they have a password", async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto("/applications/1/members/new");
  await signInByPassword(page);
  await page.getByRole("textbox", { name: "Name" }).fill("Olga");
  await page.getByRole("textbox", { name: "E-mail address" }).fill("olga@example.com");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("It was sent to olga@example.com.")).toBeVisible();
  await expectAccessible(page);
  expect(tokenIn(sentTo("olga@example.com")[0]?.text)).not.toBe("");

  const olga = await (await browser.newContext({ baseURL })).newPage();
  await olga.goto(campaignPath(1, "/referrals?status=active"));
  provider.person = { sub: "olga", email: "olga@example.com", email_verified: false };
  await byProvider(olga).click();
  await expect(olga.getByRole("alert").filter({ hasText: "Nobody here has an e-mail address" })).toBeVisible();
  await expectAccessible(olga);
  provider.person.email_verified = true;
  await byProvider(olga).click();
  await expect(olga).toHaveURL(/\/referrals\?status=active$/);

  await olga.goto("/account");
  await expectAccessible(olga);
  await olga.getByRole("button", { name: "Unlink" }).click();
  await expect(olga.getByRole("alert").filter({ hasText: "Example ID is your only way in" })).toBeVisible();
  await olga.getByLabel("New password").fill("correct horse battery");
  await olga.getByRole("button", { name: "Set password" }).click();
  await expect(olga.getByText("The password is saved.")).toBeVisible();
  await olga.getByRole("button", { name: "Unlink" }).click();
  await expect(olga.getByText("Example ID does not sign you in any more.")).toBeVisible();
  await expect(olga.getByRole("button", { name: "Unlink" })).toHaveCount(0);
  await expect
    .poll(() => sentTo("olga@example.com").map(({ subject }) => subject))
    .toContain("Your password was changed");
  await olga.context().close();
  await page.goto("/applications/1/members");
  await expect(page.getByRole("row", { name: /Olga/ })).not.toContainText("Invited");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("one signs in by the provider, and is told what went wrong there", async ({ page }) => {
    provider.person = { sub: "admin", email: administrator.ADMIN_EMAIL, email_verified: true };
    provider.fault = "denied";
    await page.goto("/sign-in?to=%2Faccount");
    await byProvider(page).click();
    await expect(page.getByRole("alert").filter({ hasText: "did not sign you in" })).toBeVisible();
    provider.fault = null;
    await byProvider(page).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Account");
    await page.getByRole("button", { name: "Unlink" }).click();
  });

  test("who forgot their password is sent a link, and is answered as somebody is whom nobody knows", async ({
    page,
  }) => {
    const before = sentTo("olga@example.com").length;
    for (const email of ["nobody@example.com", "olga@example.com"]) {
      await page.goto("/sign-in");
      await page.getByRole("link", { name: "Forgotten the password?" }).click();
      await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
      await page.getByRole("button", { name: "Send a link" }).click();
      await expect(
        page.getByText(`If somebody here has the address ${email}, a link is on its way to it.`),
      ).toBeVisible();
    }
    await expect.poll(() => sentTo("olga@example.com").length).toBe(before + 1);
    expect(sentTo("nobody@example.com")).toEqual([]);
    await page.goto(tokenIn(sentTo("olga@example.com").at(-1)?.text));
    await page.getByLabel("New password").fill("another horse battery");
    await page.getByRole("button", { name: "Save and sign in" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Campaigns");
  });
});
