import { expect, type Page } from "@playwright/test";

/** The page of the demo application's API keys. */
export const keysPath = "/applications/1/keys";

/** Makes an integration key by the form; its text is on the page then. @param keys the page of an application's keys */
export async function makeKey(page: Page, name: string, keys = keysPath): Promise<string> {
  await page.goto(`${keys}/new`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByRole("heading", { name: `“${name}” works from now on` })).toBeFocused();
  return shownKey(page, name);
}

/** The text of a key that was just made. */
export async function shownKey(page: Page, name: string): Promise<string> {
  const shown = page.getByRole("button", { name: `Copy key of ${name}` }).locator(".mono");
  return (await shown.textContent()) ?? "";
}
