import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "../fixtures";

const wide = { width: 1280, height: 800 };
export const narrow = { width: 390, height: 844 };

/**
 * Axe on a page; no page of ours holds another one. So it works in the page itself (its "legacy mode") and opens no second one to
 * put results of frames together, and it describes what is wrong alone.
 */
export function axeOn(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
}

/**
 * Axe finds nothing, in the present state of the page, once nothing is dimmed because newer values are on their way.
 * @param within selects what is looked at, where the rest was looked at before
 */
export async function expectNothingFound(page: Page, state: string, within = "html"): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  const { violations } = await axeOn(page)
    .include(within)
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  expect(told, state).toEqual([]);
}

/** Axe finds nothing in light, in dark and on a phone, where the page does not scroll sideways either. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectNothingFound(page, "light");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectNothingFound(page, "dark");
  await page.setViewportSize(narrow);
  await expectNothingFound(page, "narrow");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrow.width);
  await page.setViewportSize(wide);
}
