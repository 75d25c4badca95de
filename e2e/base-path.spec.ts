import type { Page } from "@playwright/test";
import { temporaryFolder } from "../lib/launch/temporary";
import { testedBasePath } from "../lib/testing/base-path";
import { runCurl } from "../lib/testing/curl";
import { ready, type Start, startProgram } from "../lib/testing/program";
import { sdkApi } from "../lib/testing/sdk";
import { administrator } from "../lib/testing/sign-in";
import { test as base, campaignPath, expect } from "./fixtures";
import { makeBatch } from "./pages/create";
import { download, parseRows } from "./pages/downloads";
import { enter, invite } from "./pages/invite";
import { makeKey } from "./pages/keys";
import { ReferralList } from "./pages/referral-list";

// A server of its own, whose build is for a path; `npm test` has made that by now.
base.describe.configure({ mode: "default", timeout: 180_000 });
base.use({ storageState: { cookies: [], origins: [] } });

let folder: ReturnType<typeof temporaryFolder>;
let server: Start;
base.beforeAll(async () => {
  folder = temporaryFolder();
  server = await ready(
    await startProgram(folder.path, { ...administrator, BASE_PATH: testedBasePath, DEMO: "1", LOG_LEVEL: "warn" }),
  );
});
base.afterAll(async () => {
  server.child.kill("SIGTERM");
  await server.ended;
  folder.remove();
});

/** The test of a page that knows paths of ours, whose browser asks for nothing beside the base path. */
const test = base.extend({
  context: async ({ context }, use) => {
    const strayed: string[] = [];
    context.on("request", (request) => {
      const url = request.url();
      const own = url.startsWith(server.address) && /^([/?]|$)/.test(url.slice(server.address.length));
      if (!own && !/^(data|blob):/.test(url)) strayed.push(`${request.method()} ${url}`);
    });
    await use(context);
    expect(strayed, "requests beside the base path").toEqual([]);
  },
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page);
    page.goto = (path, options) => goto(path.startsWith("/") ? server.address + path : path, options);
    await use(page);
  },
});

const { ADMIN_EMAIL, ADMIN_PASSWORD } = administrator;

async function signIn(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "E-mail address" }).fill(ADMIN_EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const message = (page: Page, text: string) => page.getByRole("listitem").filter({ hasText: text });

test("nothing is beside the path, and it leads in with and without a slash at its end", async ({ page }) => {
  for (const path of ["/", "/readyz", "/docs", `${testedBasePath}x`, testedBasePath.toUpperCase()]) {
    const answer = await fetch(new URL(path, server.address), { redirect: "manual" });
    expect([path, answer.status]).toEqual([path, 404]);
    expect(await answer.text()).toContain(`Referrals is below ${testedBasePath}/`);
  }
  for (const path of ["/livez", "/readyz", "/robots.txt", "/manifest.webmanifest", "/favicon.ico", "/openapi.json"])
    expect([path, (await fetch(server.address + path)).status]).toEqual([path, 200]);
  for (const [path, on] of [
    ["/", ""],
    ["/?a=1", "?to=%2F%3Fa%3D1"],
    ["", ""],
  ]) {
    await page.goto(server.address + path);
    await expect(page).toHaveURL(`${server.address}/sign-in${on}`);
  }
  for (const [rel, file] of [
    ["manifest", "manifest.webmanifest"],
    ["apple-touch-icon", "apple-touch-icon.png"],
  ])
    await expect(page.locator(`link[rel=${rel}]`)).toHaveAttribute("href", `${testedBasePath}/${file}`);
});

test("codes are searched, made, edited, undone, exported and imported, and one signs out", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals?status=active"));
  await expect(page).toHaveURL(
    `${server.address}/sign-in?to=${encodeURIComponent(campaignPath(1, "/referrals?status=active"))}`,
  );
  await signIn(page);
  await expect(page).toHaveURL(server.address + campaignPath(1, "/referrals?status=active"));

  const batchId = await makeBatch(page, 3, "below");
  const list = new ReferralList(page);
  await list.open();
  await list.search.fill("below-2");
  await expect(page).toHaveURL(/q=below-2/);
  await expect(list.rows).toHaveCount(1);
  const link = list.rows.getByRole("link", { name: `Open batch ${batchId}` });
  await expect(link).toHaveAttribute("href", testedBasePath + campaignPath(1, `/referrals/batches/${batchId}`));
  await link.click();
  await expect(page).toHaveURL(server.address + campaignPath(1, `/referrals/batches/${batchId}`));
  const whole = await download(page.getByRole("link", { name: "Export batch" }));
  expect(parseRows(whole.text)).toHaveLength(3);

  await list.open(`?batch=${batchId}`);
  const [code = ""] = await list.codes();
  await (await list.menu(code)).getByRole("menuitem", { name: "Batch: extend…" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Valid until" }).fill("2031-05-31");
  await page.getByRole("button", { name: "Change 3 codes" }).click();
  await expect(list.row(code)).toContainText("31 May 2031");
  await message(page, "Changed 3 codes").getByRole("button", { name: "Undo" }).click();
  await expect(message(page, "Undone: 3 codes changed")).toBeVisible();
  await expect(list.row(code)).not.toContainText("31 May 2031");
  const { text } = await download(await list.exportChoice("Codes only"));
  expect(text.trim().split("\n")).toEqual(await list.codes());

  await page.goto(campaignPath(1, "/referrals/import"));
  const file = {
    name: "below.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("code,advocateprofileintegrationid\nBELOW-1,ann\nB,b\n"),
  };
  await page.getByLabel("Choose a CSV file").setInputFiles(file);
  await page.getByRole("button", { name: "Import the 1 good row" }).click();
  await expect(page.getByRole("main").getByText("Imported 1 code", { exact: true })).toBeVisible();
  const failed = await download(page.getByRole("link", { name: "Download the failed rows" }));
  expect(parseRows(failed.text)).toMatchObject([{ code: "B" }]);

  await page.getByRole("complementary", { name: "Menu" }).getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(new RegExp(`^${server.address}/sign-in`));
});

test("somebody is handed a link, comes in by it, and is refused and led back as anywhere", async ({
  page,
  browser,
}) => {
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "E-mail address" }).fill(ADMIN_EMAIL);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "do not go together" })).toBeVisible();
  await signIn(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Campaigns");
  const handed = await invite(page, "Below", "Editor");
  expect(handed).toMatch(new RegExp(`^${server.address}/enter/`));
  const below = await enter(browser, handed, "correct horse battery");
  await expect(below).toHaveURL(server.address + campaignPath(0).replace("/0", ""));
  await below.context().close();
});

test("a shop redeems below the path: by the line that a new key is shown with, and by its SDK", async ({ page }) => {
  await page.goto("/sign-in?to=%2Fdocs");
  await signIn(page);
  await expect(page).toHaveURL(`${server.address}/docs`);
  await expect(page.getByText(`curl -X POST '${server.address}/v1/referrals'`)).toBeVisible();
  const key = await makeKey(page, "Shop below");
  const line = await page.getByRole("button", { name: "Copy line to try it" }).locator(".mono").textContent();
  expect((await runCurl(line ?? "", {}, folder.path)).status).toBe(200);
  const shop = sdkApi("5.0.1-rc", "integration", server.address, `ApiKey-v1 ${key}`);
  const made = await shop.createReferralWithHttpInfo?.({ campaignId: 1, advocateProfileIntegrationId: "ann" });
  const { code } = (made?.data ?? {}) as { code?: string };
  const session = { profileId: "bob", referralCode: code, state: "closed" };
  const closed = await shop.updateCustomerSessionV2WithHttpInfo?.("below-1", {
    customerSession: session,
  });
  expect(closed?.response.body).toMatchObject({ effects: [{ effectType: "acceptReferral" }] });
});
