import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { expectAccessible } from "./pages/axe";
import { enter, invite } from "./pages/invite";

// Axe reads every element in each state: it is given time on a machine that is busy.
test.describe.configure({ timeout: 180_000 });

const password = "correct horse battery";
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
// Passkeys are for a name: the server is the same.
const named = (address: string) => address.replace("127.0.0.1", "localhost");

/** Gives the page's browser a device that knows its user, and keeps passkeys. */
async function addDevice(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
}

test.describe("with a device", () => {
  // What is refused is said by the browser as well.
  test.use({ expectedErrors: [/status of 40[03]/] });
  test("a passkey is added, signs in, is renamed and removed", async ({ page: admin, browser, baseURL }) => {
    const address = named(baseURL ?? "");
    const link = await invite(admin, "Paula", "Editor");
    const page = await enter(browser, named(link), password);
    await addDevice(page);
    await page.goto(`${address}/account`);
    await page.getByRole("link", { name: "Add a passkey" }).click();
    await expect(heading(page)).toHaveText("Passkeys");
    await page.getByRole("textbox", { name: "Name" }).fill("Laptop");
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Add passkey" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "This is not the current password." })).toBeVisible();
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Add passkey" }).click();
    await expect(page.getByText("The passkey is added.")).toBeVisible();
    const one = page.getByRole("row").nth(1);
    await expect(one).toContainText("localhost");
    await expect(one).toContainText("Never");
    await one.getByText("Rename").click();
    await expectAccessible(page);
    await one.getByRole("textbox", { name: "New name of Laptop" }).fill("Work laptop");
    await one.getByRole("button", { name: "Save name" }).click();
    await expect(one).toContainText("Work laptop");

    await page.goto(`${address}/account`);
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await page.goto(`${address}/sign-in?to=%2Faccount%2Fpasskeys`);
    const button = page.getByRole("button", { name: "Sign in with a passkey" });
    await expect(button).toBeVisible();
    await expectAccessible(page);
    await button.click();
    await expect(heading(page)).toHaveText("Passkeys");
    await expect(one).not.toContainText("Never");
    await page.getByRole("button", { name: "Remove Work laptop" }).click();
    await expect(page.getByText("The passkey “Work laptop” is removed.")).toBeVisible();

    await page.goto(`${address}/account`);
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await expect(heading(page)).toHaveText("Sign in");
    await button.click();
    await expect(page.getByRole("alert").filter({ hasText: "This passkey is not known here" })).toBeVisible();
    await page.context().close();
    await admin.goto("/audit?by=paula");
    await expect(admin.getByRole("row", { name: /Paula.*Signed in by a passkey/ })).toBeVisible();
  });
});

test("under an address passkeys are explained, and signing in offers none", async ({ page, browser, baseURL }) => {
  await page.goto("/account/passkeys");
  await expect(page.getByText("Passkeys are for a name, and this page was opened by an address.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Add passkey" })).toBeHidden();
  await expectAccessible(page);
  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  const other = await context.newPage();
  await other.goto("/sign-in");
  await expect(other.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expect(other.getByRole("button", { name: "Sign in with a passkey" })).toBeHidden();
  await context.close();
});
