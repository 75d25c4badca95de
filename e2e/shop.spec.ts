import { campaignPath, expect, test } from "./fixtures";
import { expectAccessible } from "./pages/axe";
import { makeCode } from "./pages/create";
import { makeKey } from "./pages/keys";

test("a code is checked as a shop asks: whether it works for whom and when, and why not", async ({ page }) => {
  await makeCode(page, "CHECK-ME-1", "cust_check");
  await page.goto("/applications/1/campaigns");
  await page.getByRole("link", { name: "Check a code" }).click();
  await page.getByLabel("Code", { exact: true }).fill("check-me-1");
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByRole("heading", { name: /would not work/ })).toBeVisible();
  await expect(page.getByText("ProfileRequired")).toBeVisible();
  await page.getByLabel(/Friend/).fill("cust_friend of nobody");
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByRole("heading", { name: /It would work on/ })).toBeVisible();
  await expect(page).toHaveURL(/friend=cust_friend/);
  await page.getByLabel(/Friend/).fill("cust_check");
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByText(/is the advocate/)).toBeVisible();
  await page.getByLabel(/At what time/).fill("someday");
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByText(/“someday” is not a date/).first()).toBeVisible();
});

test("a code leads to its check, its advocate and their friends", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals/1"));
  await expect(page.getByRole("heading", { name: "History" })).toBeVisible();
  await page.getByRole("link", { name: "Their friends" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Codes/ })).toBeVisible();
  await page
    .getByRole("region", { name: /Their codes/ })
    .getByRole("link")
    .first()
    .click();
  await page.getByRole("link", { name: "Check", exact: true }).click();
  await expect(page.getByRole("heading", { name: /would not work/ })).toBeVisible();
});

test("counters are compared with the ledger", async ({ page }) => {
  await page.goto(campaignPath(1, "/settings"));
  await page.getByRole("link", { name: "Redemption counters" }).click();
  await expect(page.getByText("Everything is as it should be")).toBeVisible();
});

test("redemptions are told in an open list, which keeps its rows and its focus", async ({ page, request }) => {
  await makeCode(page, "LIVE-CODE-1", "cust_live");
  const key = await makeKey(page, "Live counts");
  await page.goto(campaignPath(1, "/referrals?q=LIVE-CODE-1"));
  const row = page.getByRole("row", { name: /LIVE-CODE-1/ });
  await expect(row).toContainText("0 / ");
  const closed = await request.put("/v2/customer_sessions/live%201", {
    headers: { authorization: `ApiKey-v1 ${key}` },
    data: { customerSession: { state: "closed", profileId: "cust_of_live", referralCode: "live-code-1" } },
  });
  expect((await closed.json()).effects[0].effectType).toBe("acceptReferral");
  await expect(row).toContainText("1 / ", { timeout: 15_000 });
  await page.goto("/applications/1/customers?id=cust_live");
  await expect(page.getByRole("region", { name: /Friends who came/ })).toContainText("cust_of_live");
});

test("a panel beside a row stays where it is while its code is redeemed, and gives the focus back", async ({
  page,
  request,
}) => {
  await makeCode(page, "LIVE-CODE-2", "cust_live_panel");
  const key = await makeKey(page, "Live panel");
  await page.goto(campaignPath(1, "/referrals?q=LIVE-CODE-2"));
  const button = page.getByRole("button", { name: "Actions for LIVE-CODE-2" });
  const panel = page.getByRole("dialog", { name: "Change limit: LIVE-CODE-2" });
  await button.click();
  await page.getByRole("menuitem", { name: "Change limit…", exact: true }).click();
  await expect(panel.getByLabel("Redemption limit")).toBeFocused();
  const place = await panel.boundingBox();
  await request.put("/v2/customer_sessions/live%202", {
    headers: { authorization: `ApiKey-v1 ${key}` },
    data: { customerSession: { state: "closed", profileId: "cust_of_panel", referralCode: "live-code-2" } },
  });
  const told = async () => {
    const answer = await page.waitForResponse((one) => one.url().includes("/referrals/live"), { timeout: 15_000 });
    return answer.text();
  };
  while (!(await told()).includes("1 / ")); // every 5 s
  await told(); // by then the one before was drawn
  const now = await panel.boundingBox();
  expect([now?.x, now?.y]).toEqual([place?.x, place?.y]);
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await page.keyboard.press("/"); // the row is left, and told then
  await expect(page.getByRole("row", { name: /LIVE-CODE-2/ })).toContainText("1 / ", { timeout: 15_000 });
});

test("codes that are made elsewhere are announced in an open list, which moves for a press alone", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(campaignPath(1, "/referrals?sort=code"));
  const codes = page.getByRole("table").getByRole("rowheader"); // values of the demo's codes are changed by other tests
  const told = page.getByRole("button", { name: /^Show (\d+|100 or more) new codes?$/ }); // other tests make some too
  for (const code of ["MADE-ELSEWHERE", "MADE-ONCE-MORE"]) {
    const first = await codes.first().textContent();
    const elsewhere = await page.context().newPage();
    await makeCode(elsewhere, code, "cust_elsewhere");
    await elsewhere.close();
    await expect(told).toBeVisible({ timeout: 15_000 });
    expect(await codes.first().textContent()).toBe(first);
    if (code === "MADE-ELSEWHERE") await expectAccessible(page);
    await told.click();
    await expect(page.getByRole("row", { name: new RegExp(code) })).toBeVisible();
    await expect(page).toHaveURL(/\/referrals$/);
  }
});

test("an open list asks for no redemptions while that is paused, also after a reload", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (one) => one.url().includes("/referrals/live") && asked.push(one.url()));
  const isLive = (url: URL) => url.pathname.endsWith("/referrals/live");
  const look = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange"))); // asks at once
  const tell = page.getByRole("checkbox", { name: "Tell redemptions and new codes as they come" });
  await page.goto(campaignPath(1, "/referrals"));
  await page.waitForRequest((one) => isLive(new URL(one.url())), { timeout: 15_000 });
  await page.getByRole("button", { name: "Columns" }).click();
  await tell.uncheck();
  await page.reload();
  await page.getByRole("button", { name: "Columns" }).click();
  await expect(tell).not.toBeChecked();
  asked.length = 0;
  await look();
  await look();
  expect(asked).toEqual([]);
  const again = page.waitForRequest((one) => isLive(new URL(one.url())), { timeout: 15_000 });
  await tell.check();
  await again;
});
