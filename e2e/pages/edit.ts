import type { Page } from "@playwright/test";

/** Says in a form for editing what to do with a field. */
export async function instruct(page: Page, field: string, act: string, value: string): Promise<void> {
  await page.getByRole("combobox", { name: `What to do with ${field}`, exact: true }).selectOption(act);
  await page.getByRole("textbox", { name: field, exact: true }).fill(value);
}
