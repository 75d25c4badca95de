import type { Page } from "@playwright/test";
import { clipboardText, expect, spoilClipboard, test } from "./fixtures";
import { makeBatch, makeCode } from "./pages/create";
import { ReferralList } from "./pages/referral-list";

test.describe.configure({ timeout: 180_000 });

/** Has the pages of a tab count what somebody does: presses of the pointer, and keys by themselves; letters of a word are told apart. */
async function counting(page: Page) {
  await page.addInitScript(() => {
    const add = (what: string) => sessionStorage.setItem(what, String(Number(sessionStorage.getItem(what) ?? 0) + 1));
    addEventListener("pointerdown", (event) => event.isTrusted && add("presses"), true);
    addEventListener(
      "keydown",
      (event) => {
        if (!event.isTrusted || ["Control", "Meta", "Shift"].includes(event.key)) return;
        add(event.key.length === 1 && !event.ctrlKey && !event.metaKey ? "letters" : "keys");
      },
      true,
    );
  });
  /** What was done since it was asked before. */
  const done = () =>
    page.evaluate(() => {
      const counted = ["presses", "keys", "letters"].map((what) => [what, Number(sessionStorage.getItem(what) ?? 0)]);
      sessionStorage.clear();
      return Object.fromEntries(counted);
    });
  return done;
}

test("the five tasks of every day take as few presses as is said", async ({ page }) => {
  const batchId = await makeBatch(page, 9, "daily");
  await makeCode(page, "ZQK-DAILY", "every-day");
  const list = new ReferralList(page);
  const done = await counting(page);
  await list.open();
  await list.complete();
  await done();

  await test.step("to find a code: three letters", async () => {
    await list.search.focus();
    await page.keyboard.type("zqk");
    await expect(list.row("ZQK-DAILY")).toBeVisible();
    expect(await done()).toEqual({ presses: 0, keys: 0, letters: 3 });
  });

  await test.step("to copy it: one press", async () => {
    await spoilClipboard(page);
    await page.getByRole("button", { name: "Copy code ZQK-DAILY" }).click();
    await expect.poll(() => clipboardText(page)).toBe("ZQK-DAILY");
    expect(await done()).toEqual({ presses: 1, keys: 0, letters: 0 });
  });

  await list.open(`?batch=${batchId}`);
  await list.complete();
  await done();

  await test.step("to change a batch: four presses, and its value", async () => {
    const [first = ""] = await list.codes();
    await (await list.menu(first)).getByRole("menuitem", { name: "Batch: change limit…" }).click();
    const panel = page.getByRole("dialog");
    await expect(panel.getByRole("textbox", { name: "Redemption limit" })).toBeFocused();
    await page.keyboard.type("77");
    await panel.getByRole("button", { name: "Change 9 codes" }).click();
    await expect(panel).toBeHidden();
    const { presses, keys } = await done();
    expect(presses + keys).toBeLessThanOrEqual(4);
  });

  await test.step("to undo it: one press", async () => {
    const message = page.getByRole("listitem").filter({ hasText: "Changed 9 codes" });
    await message.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "Undone: 9 codes changed" })).toBeVisible();
    expect(await done()).toEqual({ presses: 1, keys: 0, letters: 0 });
  });

  await test.step("to make codes for 1,000 pasted advocates: three presses and a paste", async () => {
    const advocates = Array.from({ length: 1000 }, (_, index) => `every-day-${index}`).join("\n");
    await page.evaluate((text) => navigator.clipboard.writeText(text), advocates);
    await page.getByRole("link", { name: "Create referrals", exact: true }).click();
    await page.getByText("Many advocates", { exact: true }).click();
    await page.keyboard.press("ControlOrMeta+v");
    await page.getByRole("button", { name: "Create 1,000 codes" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("1,000 codes created");
    expect(await done()).toEqual({ presses: 3, keys: 1, letters: 0 });
  });
});
