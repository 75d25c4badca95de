import type { Page } from "@playwright/test";

/** Says from how many codes on a change needs a second person. */
export async function setApproval(page: Page, application: string, above: string): Promise<void> {
  await page.goto(`${application}/members`);
  await page.getByRole("link", { name: "Change approval" }).click();
  await page.getByRole("textbox", { name: "Changes of more than this many codes" }).fill(above);
  await page.getByRole("button", { name: "Save approval" }).click();
}
