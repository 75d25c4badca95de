import { campaignPath, expect, test } from "./fixtures";

// WCAG 1.4.4: text of twice the size costs no sideways scrolling of the page.
for (const path of ["/referrals", "/referrals/new", "/referrals/1/edit", "/referrals/import", "/settings"]) {
  test(`text at 200 % fits: ${path}`, async ({ page }) => {
    await page.goto(campaignPath(1, path));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.addStyleTag({ content: "html { font-size: 200% }" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  });
}
