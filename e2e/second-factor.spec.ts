import { readFile } from "node:fs/promises";
import { base32 } from "@better-auth/utils/base32";
import { createOTP } from "@better-auth/utils/otp";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { expectAccessible } from "./pages/axe";
import { enter, invite } from "./pages/invite";

// Axe reads every element in each state: it is given time on a machine that is busy.
test.describe.configure({ timeout: 180_000 });

const password = "correct horse battery";
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const code = (page: Page) => page.getByRole("textbox", { name: "Code", exact: true });
const refusal = (page: Page) => page.getByRole("alert").filter({ hasText: "This code is wrong, or was used already" });

/** The code that an app makes of a secret, some steps of 30 seconds away from now. */
const codeOf = (secret: string, steps = 0) =>
  createOTP(base32.decode(secret)).hotp(Math.floor(Date.now() / 30_000) + steps);

/** Begins to set up a second factor, up to where its code is asked for. Gives the secret. */
async function beginSetUp(page: Page): Promise<string> {
  await page.goto("/account");
  await page.getByRole("link", { name: "Set up second factor" }).click();
  await expect(heading(page)).toHaveText("Second factor");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Set up second factor" }).click();
  await expect(page.getByRole("img", { name: "QR code" })).toBeVisible();
  const address = await page.getByRole("link", { name: "open the app of this device" }).getAttribute("href");
  return new URL(address ?? "").searchParams.get("secret") ?? "";
}

async function confirm(page: Page, given: string): Promise<void> {
  await code(page).fill(given);
  await page.getByRole("button", { name: "Confirm" }).click();
}

async function recoveryCodes(page: Page): Promise<string[]> {
  await expect(heading(page)).toHaveText("Recovery codes");
  return page.getByRole("listitem").allTextContents();
}

/** Signs out, and in again by the password, up to where the code is asked for. */
async function toTheCode(page: Page, name: string): Promise<void> {
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).first().click();
  await page.goto("/sign-in?to=%2Faccount");
  await page.getByRole("textbox", { name: "E-mail address" }).fill(`${name.toLowerCase()}@example.com`);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function give(page: Page, given: string): Promise<void> {
  await code(page).fill(given);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a second factor is set up, asked for, stood in for by a recovery code, and taken away", async ({
  page: admin,
  browser,
}) => {
  const page = await enter(browser, await invite(admin, "Frieda", "Editor"), password);
  const secret = await beginSetUp(page);
  await expectAccessible(page);
  await confirm(page, "000000");
  await expect(refusal(page)).toBeVisible();
  await confirm(page, await codeOf(secret));
  const codes = await recoveryCodes(page);
  expect(codes).toHaveLength(10);
  await expectAccessible(page);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as text" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("referrals-recovery-codes.txt");
  expect(await readFile(await file.path(), "utf8")).toBe(`${codes.join("\n")}\n`);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 recovery codes are left")).toBeVisible();
  await expectAccessible(page);
  await page.goto("/account/second-factor/codes");
  await expect(heading(page)).toHaveText("Second factor");

  await toTheCode(page, "Frieda");
  await expect(heading(page)).toHaveText("Second factor");
  await expectAccessible(page);
  await page.goto("/applications");
  await expect(page).toHaveURL(/\/sign-in/); // there is no session yet
  await page.goto("/sign-in/code?to=%2Faccount");
  await give(page, "000000");
  await expect(refusal(page)).toBeVisible();
  const next = await codeOf(secret, 1);
  await give(page, next);
  await expect(heading(page)).toHaveText("Account");

  await toTheCode(page, "Frieda");
  await give(page, next); // once is enough
  await expect(refusal(page)).toBeVisible();
  await give(page, codes[3]?.toUpperCase() ?? "");
  await expect(page.getByText("9 recovery codes are left")).toBeVisible();

  await page.getByRole("link", { name: "Change second factor" }).click();
  await expect(heading(page)).toHaveText("Second factor");
  await page.getByLabel("Password, for new recovery codes").fill(password);
  await page.getByRole("button", { name: "Make new recovery codes" }).click();
  const renewed = await recoveryCodes(page);
  expect(renewed.filter((one) => codes.includes(one))).toEqual([]);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByLabel("Password, to take it away").fill("not the password");
  await page.getByRole("button", { name: "Take second factor away" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This is not the current password." })).toBeVisible();
  await page.getByLabel("Password, to take it away").fill(password);
  await page.getByRole("button", { name: "Take second factor away" }).click();
  await expect(page.getByText("The second factor is gone")).toBeVisible();
  await toTheCode(page, "Frieda");
  await expect(heading(page)).toHaveText("Account");
  await page.context().close();

  await admin.goto("/audit?by=frieda");
  for (const done of ["Set up the second factor", "Used a recovery code", "Took away the second factor"])
    await expect(admin.getByRole("row", { name: new RegExp(`${done} of Frieda`) })).toBeVisible();
});

test("without scripts it is set up and asked for as well", async ({ page: admin, browser }) => {
  const link = await invite(admin, "Gerda", "Viewer");
  const page = await enter(browser, link, password, { javaScriptEnabled: false });
  const secret = await beginSetUp(page);
  await confirm(page, await codeOf(secret));
  const codes = await recoveryCodes(page);
  await expect(page.getByRole("button", { name: "Copy recovery codes" })).toBeHidden();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as text" }).click();
  await downloading;
  await page.getByRole("button", { name: "I have kept them" }).click();
  await toTheCode(page, "Gerda");
  await give(page, "000000");
  await expect(refusal(page)).toBeVisible();
  await give(page, codes[0] ?? "");
  await expect(heading(page)).toHaveText("Account");
  await expect(page.getByText("9 recovery codes are left")).toBeVisible();
  await page.context().close();
});

test.describe("signed out", () => {
  test.use({ storageState: { cookies: [], origins: [] } });
  test("the page that asks for a code leads to signing in where nobody was asked", async ({ page }) => {
    await page.goto("/sign-in/code?to=%2Faccount");
    await expect(page).toHaveURL(/\/sign-in\?to=%2Faccount$/);
    await expect(heading(page)).toHaveText("Sign in");
  });
});
