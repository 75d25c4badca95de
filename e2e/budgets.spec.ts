import { campaignPath, expect, test } from "./fixtures";
import { expectAccessible } from "./pages/axe";
import { makeCode } from "./pages/create";
import { makeKey } from "./pages/keys";

test("a budget is added, counts what shops redeem, is changed and removed", async ({ page, request }) => {
  // a campaign of its own: what it allows would hold for whatever else is redeemed in one that is shared
  await page.goto("/applications/1/campaigns/new");
  await page.getByRole("textbox", { name: "Name" }).fill("With budgets");
  await page.getByRole("button", { name: "Create campaign" }).click();
  await expect(page).toHaveURL(/\/campaigns\/\d+\/referrals$/);
  const campaign = Number(/campaigns\/(\d+)/.exec(page.url())?.[1]);
  await page.goto(campaignPath(campaign, "/settings"));
  await page.getByRole("link", { name: "Budgets" }).click();
  await expect(page.getByText("No budgets yet")).toBeVisible();
  await page.getByRole("link", { name: "New budget" }).click();
  await page.getByRole("textbox", { name: "At most" }).fill("many");
  await page.getByRole("button", { name: "Add budget" }).click();
  await expect(page.locator("#field-limit-error")).toContainText("“many” is not a whole number");
  await page.getByRole("textbox", { name: "At most" }).fill("500");
  await page.getByRole("combobox", { name: "In what time" }).selectOption("A day");
  await page.getByRole("button", { name: "Add budget" }).click();
  const whole = page.getByRole("row", { name: /At most 500 redemptions a day in the whole campaign/ });
  await expect(whole).toContainText("0 of 500");

  await page.getByRole("link", { name: "New budget" }).click();
  await page.getByRole("textbox", { name: "At most" }).fill("7");
  await page.getByRole("combobox", { name: "In what time" }).selectOption("A day");
  await page.getByRole("button", { name: "Add budget" }).click();
  await expect(page.locator("#field-period-error")).toContainText("has a budget for the same");
  await page.getByRole("combobox", { name: "For" }).selectOption("Each code");
  await page.getByRole("button", { name: "Add budget" }).click();
  await expect(page.getByRole("link", { name: "At most 7 redemptions a day of each code" })).toBeVisible();

  for (const code of ["BUDGET-1", "BUDGET-2"]) await makeCode(page, code, "cust_budget", campaign);
  const key = await makeKey(page, "Budgets");
  const close = async (code: string) => {
    const answer = await request.put(`/v2/customer_sessions/of ${code}`, {
      headers: { authorization: `ApiKey-v1 ${key}` },
      data: { customerSession: { state: "closed", profileId: `friend ${code}`, referralCode: code } },
    });
    const [effect] = (await answer.json()).effects;
    return effect.props.rejectionReason ?? effect.effectType;
  };
  expect(await close("BUDGET-1")).toBe("acceptReferral");
  await page.goto(campaignPath(campaign, "/settings/budgets"));
  await expect(whole).toContainText("1 of 500");
  await whole.getByRole("link").click();
  await expect(page.getByRole("button", { name: "Save budget" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "At most" }).fill("1");
  await page.getByRole("button", { name: "Save budget" }).click();
  const changed = page.getByRole("row", { name: /At most 1 redemption a day in the whole campaign/ });
  await expect(changed).toContainText("1 of 1");
  expect(await close("BUDGET-2")).toBe("CampaignLimitReached");

  for (const name of ["At most 1 redemption a day in the whole campaign", "At most 7 redemptions a day of each code"]) {
    await page.getByRole("link", { name }).click();
    await page.getByRole("button", { name: "Remove…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove budget" }).click();
    await expect(page.getByText(`Removed: ${name}`)).toBeVisible();
    await expect(page).toHaveURL(/\/budgets$/);
  }
  await expect(page.getByText("No budgets yet")).toBeVisible();
});
