import type { Page } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";
import { ReferralList } from "./pages/referral-list";

const created480 = "tqyrgahe";

/** Controls whose focus ring is cut off by something that scrolls or clips around them, by their names. */
function cutRings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const clips = (value: string) => value !== "visible";
    const controls =
      "a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex='0']";
    const dialog = document.querySelector("[role=dialog]");
    for (const control of (dialog ?? document).querySelectorAll<HTMLElement>(controls)) {
      control.focus({ focusVisible: true } as FocusOptions);
      if (document.activeElement !== control || control.matches(".sr-only")) continue;
      const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(control);
      if (outlineStyle === "none") continue;
      const out = Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset);
      const box = control.getBoundingClientRect();
      for (let around = control.parentElement; around && around !== document.body; around = around.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(around);
        const edge = around.getBoundingClientRect();
        const [left, top] = [edge.left + around.clientLeft, edge.top + around.clientTop];
        const cutX = box.left - out < left - 0.5 || box.right + out > left + around.clientWidth + 0.5;
        // what scrolls down shows the rest of a ring when one scrolls on
        const still = around.scrollHeight <= around.clientHeight;
        const cutY = box.top - out < top - 0.5 || box.bottom + out > top + around.clientHeight + 0.5;
        if ((clips(overflowX) && cutX) || (clips(overflowY) && still && cutY))
          found.push(`${control.ariaLabel ?? control.textContent?.trim().slice(0, 40)} <${control.tagName}>`);
        if (position === "fixed") break;
      }
    }
    return found;
  });
}

for (const path of [
  "/referrals",
  "/referrals/new",
  "/referrals/1",
  `/referrals/edit?batch=${created480}`,
  "/referrals/import",
  "/referrals/batches",
  "/operations/2",
  "/settings",
  "",
]) {
  test(`no focus ring is cut: ${path || "/"}`, async ({ page }) => {
    await page.goto(campaignPath(1, path));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await cutRings(page)).toEqual([]);
  });
}

test("no focus ring is cut in what the list opens", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open();
  for (const filter of ["Status", "Created", "Valid until", "Friend", "Batch ID", "Redemptions", "Channel", "VIP"]) {
    const popup = await list.addFilter(filter);
    await expect(popup.getByRole("button", { name: "Apply" })).toBeVisible();
    expect(await cutRings(page), filter).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(popup).toBeHidden();
  }
  for (const opener of ["Columns", "Views", "Add filter"]) {
    await page.getByRole("button", { name: opener, exact: true }).click();
    const popup = page.getByRole("dialog");
    await expect(popup).toBeVisible();
    expect(await cutRings(page), opener).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(popup).toBeHidden();
  }
});

test("forced colours keep the figures of the overview and of a plan apart", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(campaignPath(1));
  const figures = page.getByRole("region", { name: "Figures" });
  await expect(figures).toHaveAttribute("aria-busy", "false");
  const fills = await figures
    .locator("[aria-hidden=true]")
    .evaluateAll((elements) =>
      elements.flatMap((element) => [element, ...element.children].map((one) => getComputedStyle(one).backgroundColor)),
    );
  expect(new Set(fills).size).toBeGreaterThanOrEqual(5); // four states and what the bar lies on
  await page.goto(campaignPath(1, `/referrals/delete?batch=${created480}`));
  const changed = page.locator("main i").first();
  await expect(changed).toBeVisible();
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await changed.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe(ground);
});

test("a deletion's plan has the colour of what is dangerous, an edit's has not", async ({ page }) => {
  const colourOf = (path: string, button: RegExp) => async () => {
    await page.goto(campaignPath(1, path));
    const apply = page.getByRole("main").getByRole("button", { name: button });
    if (path.includes("edit")) {
      await page.getByRole("combobox", { name: "What to do with Redemption limit" }).selectOption("Unlimited");
    }
    await expect(apply).toBeEnabled();
    const background = (element: Element) => getComputedStyle(element).backgroundColor;
    return [await page.locator("main i").first().evaluate(background), await apply.evaluate(background)];
  };
  const [bar, button] = await colourOf(`/referrals/delete?batch=${created480}`, /^Delete 480 codes/)();
  expect(bar).toBe(button);
  const [edited] = await colourOf(`/referrals/edit?batch=${created480}`, /^Change [\d,]+ codes?/)();
  expect(edited).not.toBe(bar);
});

test("the bar of a form spans the page at every width, and its buttons stand under the fields", async ({ page }) => {
  for (const path of ["/referrals/new", "/settings"]) {
    await page.goto(campaignPath(1, path));
    for (const width of [390, 768, 1024, 1280, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      const main = await page.getByRole("main").boundingBox();
      const button = page.getByRole("main").locator("button[type=submit]");
      const bar = await button.locator("xpath=../..").boundingBox();
      expect([bar?.x, bar?.width], `${path}, ${width} px`).toEqual([main?.x, main?.width]);
      const title = await page.getByRole("heading", { level: 1 }).boundingBox();
      expect((await button.boundingBox())?.x, `${path}, ${width} px`).toBe(title?.x);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  }
});
