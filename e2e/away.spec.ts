import type { Page } from "@playwright/test";
import { faultyLine } from "./faulty-line";
import { campaignPath, expect, test } from "./fixtures";
import { makeCode } from "./pages/create";
import { ReferralList } from "./pages/referral-list";

// What the browser writes for answers that did not come or were refused.
test.use({ expectedErrors: [/Failed to load resource/] });

const page503 = { status: 503, contentType: "text/html", body: "<h1>Busy</h1>" };

/** What the page says while it waits for the server. */
const waiting = (page: Page) => page.locator("#connection");

test("a search without a connection keeps the rows, says so, and goes on when the connection is back", async ({
  page,
  context,
}) => {
  await makeCode(page, "OFFLINE-SEARCH-1", "offline");
  const list = new ReferralList(page);
  await list.open("?q=OFFLINE-SEARCH");
  const [first] = await list.codes();
  await context.setOffline(true);
  await list.search.fill("no such code at all");
  await expect(waiting(page)).toContainText("No connection to the server");
  await expect(list.copyButtons.first()).toHaveAccessibleName(`Copy code ${first}`);
  await list.search.fill("OFFLINE-SEARCH-1");
  await context.setOffline(false);
  await expect(page).toHaveURL(/q=OFFLINE-SEARCH-1/);
  await expect(list.rows).toHaveCount(1);
  await expect(waiting(page)).toBeEmpty();
});

test("a link without a connection leaves the page as it is and is followed when the connection is back", async ({
  page,
  context,
}) => {
  await page.goto(campaignPath(1, "/settings"));
  await page.waitForLoadState("networkidle");
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await context.setOffline(true);
  await page.getByRole("link", { name: "Operations", exact: true }).first().click();
  await expect(waiting(page)).toContainText("No connection to the server");
  await expect(name).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole("heading", { level: 1, name: "Operations" })).toBeVisible();
  await expect(waiting(page)).toBeEmpty();
});

test("a page that is answered by 503 is asked for again, and what is shown stays", async ({ page }) => {
  const list = new ReferralList(page);
  await list.open();
  await list.complete();
  let asked = 0;
  await page.route(/\/referrals\?.*_rsc=/, (route) => {
    asked += 1;
    return asked <= 2 ? route.fulfill(page503) : route.continue();
  });
  await list.search.fill("lena");
  await expect(waiting(page)).toContainText("The server is busy or restarting");
  await list.complete();
  await expect(page).toHaveURL(/q=lena/);
  await expect(waiting(page)).toBeEmpty();
  expect(asked).toBeGreaterThan(2);
});

test("a page that breaks off midway leaves what is shown, says so, and is opened when the connection is back", async ({
  page,
  baseURL,
}) => {
  const line = await faultyLine(baseURL ?? "");
  try {
    await page.goto(`${line.address}${campaignPath(1, "/settings")}`);
    await page.waitForLoadState("networkidle");
    line.break();
    await page.getByRole("link", { name: "Operations", exact: true }).first().click();
    await expect(waiting(page)).toContainText("No connection to the server");
    await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeVisible();
    line.mend();
    await expect(page.getByRole("heading", { level: 1, name: "Operations" })).toBeVisible();
    await expect(waiting(page)).toBeEmpty();
  } finally {
    await line.close();
  }
});

test("a page that takes its time shows a mark, and none when it is there", async ({ page }) => {
  await page.goto(campaignPath(1, "/settings"));
  await page.waitForLoadState("networkidle");
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/operations\?.*_rsc=/, async (route) => {
    await released;
    await route.continue();
  });
  const mark = page.locator("html[data-loading]");
  await page.getByRole("link", { name: "Operations", exact: true }).first().click();
  await expect(mark).toBeAttached();
  release();
  await expect(page.getByRole("heading", { level: 1, name: "Operations" })).toBeVisible();
  await expect(mark).not.toBeAttached();
});

test.describe("a form", () => {
  const answered = (page: Page, how: { status: number; contentType: string; headers?: Record<string, string> }) =>
    page.route(
      (url) => url.pathname.endsWith("/referrals/new"),
      (route) => (route.request().method() === "POST" ? route.fulfill({ ...how, body: "no" }) : route.fallback()),
    );
  const advocate = (page: Page) => page.getByRole("textbox", { name: "Advocate's Integration ID" });
  const send = (page: Page) => page.getByRole("button", { name: "Create 1 code" }).click();
  const refusal = (page: Page) => page.getByRole("main").getByRole("alert");

  test("across a deployment says that the page must be reloaded, and what was typed is there afterwards", async ({
    page,
  }) => {
    await page.goto(campaignPath(1, "/referrals/new"));
    await advocate(page).fill("typed-before-the-update");
    await page.getByText("A code of my own", { exact: true }).click();
    await page.getByRole("textbox", { name: "Own code" }).fill("ACROSS-1");
    await answered(page, {
      status: 404,
      contentType: "text/plain",
      headers: { "x-nextjs-action-not-found": "1" },
    });
    await send(page);
    await expect(refusal(page)).toContainText("The program was updated while this page was open");
    await expect(advocate(page)).toHaveValue("typed-before-the-update");
    await page.unrouteAll();
    await refusal(page).getByRole("button", { name: "Reload the page" }).click();
    await expect(refusal(page)).toBeHidden();
    await expect(advocate(page)).toHaveValue("typed-before-the-update");
    await expect(page.getByRole("textbox", { name: "Own code" })).toHaveValue("ACROSS-1");
    await send(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Code created");
    await page.goto(campaignPath(1, "/referrals/new"));
    await expect(advocate(page)).toHaveValue("");
  });

  for (const [status, says] of [
    [413, "larger than a proxy in front of the program lets through (413)"],
    [502, "A proxy in front of the program got no answer from it (502)"],
    [200, "in place of its answer, probably to sign in"],
  ] as const) {
    test(`blames what answered with ${status}, and keeps what was typed`, async ({ page }) => {
      await page.goto(campaignPath(1, "/referrals/new"));
      await advocate(page).fill("kept");
      await answered(page, { status, contentType: "text/html" });
      await send(page);
      await expect(refusal(page)).toContainText(says);
      await expect(refusal(page)).not.toContainText("connection");
      await expect(advocate(page)).toHaveValue("kept");
    });

    test(`blames what answered the upload of a list with ${status}, and keeps the list`, async ({ page }) => {
      await page.goto(campaignPath(1, "/referrals/new"));
      await page.getByText("Many advocates", { exact: true }).click();
      const list = page.getByRole("textbox", { name: "Integration IDs" });
      await list.fill("kept_1\nkept_2");
      await page.route(/\/new\/upload$/, (route) => route.fulfill({ status, contentType: "text/html", body: "no" }));
      await page.getByRole("button", { name: "Create 2 codes" }).click();
      await expect(refusal(page)).toContainText(says);
      await expect(refusal(page)).not.toContainText("connection");
      await expect(list).toHaveValue("kept_1\nkept_2");
    });
  }
});
