import { expect, type Page } from "@playwright/test";
import { campaignPath } from "../fixtures";

/** Makes a batch of codes for as many new advocates through the form, for a test to have to itself. */
export async function makeBatch(page: Page, codes: number, name: string, campaign = campaignPath(1)): Promise<string> {
  await page.goto(`${campaign}/referrals/new`);
  await page.getByText("Many advocates", { exact: true }).click();
  const advocates = Array.from({ length: codes }, (_, index) => `${name}-${index + 1}`).join("\n");
  if (codes <= 1000) await page.getByRole("textbox", { name: "Integration IDs" }).fill(advocates);
  else {
    const file = { name: "advocates.txt", mimeType: "text/plain", buffer: Buffer.from(advocates) };
    await page.getByLabel("File with Integration IDs").setInputFiles(file);
  }
  await page.getByRole("button", { name: /^Create [\d,]+ codes?$/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/ codes? created$/);
  const label = await page.getByRole("button", { name: /^Copy Batch ID / }).getAttribute("aria-label");
  return label?.replace("Copy Batch ID ", "") ?? "";
}

/** Makes a code of one's own for one advocate through the form. */
export async function makeCode(page: Page, code: string, advocate: string, campaign = 1): Promise<void> {
  await page.goto(campaignPath(campaign, "/referrals/new"));
  await page.getByRole("textbox", { name: "Advocate's Integration ID" }).fill(advocate);
  await page.getByRole("radio", { name: "A code of my own" }).check();
  await page.getByRole("textbox", { name: "Own code" }).fill(code);
  await page.getByRole("button", { name: "Create 1 code" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Code created");
}

/** Makes a campaign with referrals, for a test that needs one where nothing happened yet; gives its path. */
export async function makeCampaign(page: Page, name: string, application = "/applications/1"): Promise<string> {
  await page.goto(`${application}/campaigns/new`);
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Create campaign" }).click();
  await expect(page).toHaveURL(/\/campaigns\/\d+\/referrals$/);
  return `${application}/campaigns/${/campaigns\/(\d+)/.exec(page.url())?.[1]}`;
}

/** Makes an application, for a test of what holds for a whole one; gives its path. */
export async function makeApplication(page: Page, name: string): Promise<string> {
  await page.goto("/applications/new");
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Create application" }).click();
  await expect(page).toHaveURL(/applications\/\d+\/campaigns$/);
  return /\/applications\/\d+/.exec(page.url())?.[0] ?? "";
}
