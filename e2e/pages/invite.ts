import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { expect } from "../fixtures";

/** The page of the members of the demo's application. */
export const members = "/applications/1/members";

/** Invites somebody of this name, and gives the link that is to be handed over. */
export async function invite(page: Page, name: string, role: string, application = "/applications/1"): Promise<string> {
  await page.goto(`${application}/members`);
  await page.getByRole("link", { name: "Invite a member" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("textbox", { name: "E-mail address" }).fill(`${name.toLowerCase()}@example.com`);
  await page.getByRole("radio", { name: role }).check();
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("heading", { name: `${name} is a member of` })).toBeFocused();
  const shown = await page.getByRole("button", { name: /^Copy link for/ }).textContent();
  return /http\S+\/enter\/[\w-]{43}/.exec(shown ?? "")?.[0] ?? "";
}

/** Somebody in a browser of their own, who came in by a link. */
export async function enter(
  browser: Browser,
  link: string,
  password: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ ...options, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Campaigns");
  return page;
}
