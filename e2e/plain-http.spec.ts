import { campaignPath, expect, plainHost, test } from "./fixtures";
import { makeBatch, makeCode } from "./pages/create";
import { ReferralList } from "./pages/referral-list";

test.use({
  baseURL: `http://${plainHost}:${process.env.E2E_PORT}`,
  expectedErrors: [/Cross-Origin-Opener-Policy header has been ignored/], // which counts where the origin can be trusted
});

test("over plain http codes are created and copied: one, a batch, a selection", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals"));
  expect(await page.evaluate(() => [isSecureContext, "clipboard" in navigator, "randomUUID" in crypto])).toEqual([
    false,
    false,
    false,
  ]);
  await makeCode(page, "PLAIN-HTTP-1", "plain");
  const list = new ReferralList(page);
  const pasted = async () => {
    await list.search.fill("");
    await list.search.press("ControlOrMeta+v");
    return list.search.inputValue();
  };
  await page.getByRole("button", { name: "Copy code PLAIN-HTTP-1" }).click();
  await expect(page.getByRole("button", { name: "Copy code PLAIN-HTTP-1" })).toContainText("Copied");

  await list.open("?q=PLAIN-HTTP-1");
  expect(await pasted()).toBe("PLAIN-HTTP-1");
  await list.copyButtons.first().click();
  await expect(page.getByText("Copied", { exact: true })).toBeVisible();

  const batch = await makeBatch(page, 3, "plain-http");
  await page.getByRole("button", { name: "Copy all codes" }).click();
  await expect(page.getByRole("button", { name: "Copied 3 codes" })).toBeVisible();

  await list.open(`?batch=${batch}`);
  await list.complete();
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  await page.getByRole("button", { name: "Copy codes" }).click();
  await expect(page.getByText("Copied 3 codes")).toBeVisible();
});
