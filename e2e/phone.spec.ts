import { clipboardText, expect, spoilClipboard, test } from "./fixtures";
import { expectAccessible, narrow } from "./pages/axe";
import { makeCode } from "./pages/create";
import { invite, members } from "./pages/invite";
import { keysPath } from "./pages/keys";
import { ReferralList } from "./pages/referral-list";

test.use({ viewport: narrow, hasTouch: true });
test.describe.configure({ timeout: 180_000 });

test("on a phone the rows begin high, and a code is found, copied, shared, extended and put back by a thumb", async ({
  page,
}) => {
  const code = "THUMB-CODE-1";
  await makeCode(page, code, "thumb");
  const list = new ReferralList(page);
  await list.open();
  await list.complete();
  expect((await list.rows.first().boundingBox())?.y).toBeLessThan(200);
  const controls = page.getByRole("main").locator("header :is(a, button), search ~ button, search ~ span button");
  for (const control of await controls.all()) {
    const { width = 0, height = 0 } = (await control.boundingBox()) ?? {};
    expect(Math.min(width, height), (await control.textContent()) ?? "").toBeGreaterThanOrEqual(30);
  }
  for (const name of ["Import", "Create referrals"])
    await expect(page.getByRole("link", { name }).first()).toBeVisible();
  for (const name of ["Export", "Add filter", "Views", "Columns"])
    await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
  await expectAccessible(page);

  await list.search.tap();
  await page.keyboard.type("thu");
  await expect(list.row(code)).toBeVisible(); // others may have these letters too
  await spoilClipboard(page);
  await list
    .row(code)
    .getByRole("button", { name: `Copy code ${code}` })
    .tap();
  await expect.poll(() => clipboardText(page)).toBe(code);

  const choose = async (name: string) => {
    await page.getByRole("button", { name: `Actions for ${code}`, exact: true }).tap();
    await page.getByRole("menuitem", { name, exact: true }).tap();
  };
  await choose("Copy link");
  await expect.poll(() => clipboardText(page)).toBe(`https://shop.example/?ref=${code}`);
  await choose("Extend…");
  const panel = page.getByRole("dialog");
  await panel.getByRole("textbox", { name: "Valid until" }).fill("2031-05-31");
  await panel.getByRole("button", { name: "Change 1 code" }).tap();
  await expect(panel).toBeHidden();
  await page.getByRole("listitem").filter({ hasText: "Changed 1 code" }).getByRole("button", { name: "Undo" }).tap();
  await expect(page.getByRole("listitem").filter({ hasText: "Undone: 1 code changed" })).toBeVisible();
});

test("on a phone what can be done with each of a short list is in sight, and nothing of it is cut", async ({
  page,
}) => {
  await invite(page, "Thumbelina-with-a-name-that-is-longer-than-a-phone-is-wide", "Editor");
  await page.goto(`${keysPath}/new`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("A shop with a name that needs two lines");
  await page.getByRole("button", { name: "Make key" }).click();
  await page.getByRole("button", { name: "I have stored it" }).click();
  for (const [path, list, acts] of [
    [members, "Members", /^(Link|Remove)… /],
    ["/accounts", "Accounts", /^(Link|No administrator|Administrator|Disable)… /],
    [keysPath, "API keys", /^(Rotate|Revoke)… /],
  ] as const) {
    await page.goto(path);
    const region = page.getByRole("region", { name: list, exact: true });
    const buttons = await region.getByRole("button", { name: acts }).all();
    expect(buttons, list).not.toHaveLength(0);
    for (const button of buttons) {
      const { x = -1, width = 999, height = 0 } = (await button.boundingBox()) ?? {};
      expect([x >= 0, x + width <= narrow.width, height >= 36], (await button.textContent()) ?? "").toEqual([
        true,
        true,
        true,
      ]);
    }
    expect(await region.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), list).toBe(0);
  }
});
