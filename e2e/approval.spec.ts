import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { setApproval } from "./pages/approval";
import { expectAccessible } from "./pages/axe";
import { makeApplication, makeBatch, makeCampaign } from "./pages/create";
import { enter, invite } from "./pages/invite";

test.describe.configure({ timeout: 480_000 });

/** Plans a new limit for a batch and asks for approval; gives the path of what waits. */
async function askFor(page: Page, campaign: string, batchId: string, limit: string, note: string): Promise<string> {
  await page.goto(`${campaign}/referrals/edit?batch=${batchId}`);
  await page.getByRole("combobox", { name: "What to do with Redemption limit" }).selectOption("set");
  await page.getByRole("textbox", { name: "Redemption limit" }).fill(limit);
  const ask = page.getByRole("button", { name: "Ask for approval of 3 codes" });
  await expect(ask).toBeEnabled();
  await expect(page.getByRole("button", { name: "Change 3 codes" })).toBeHidden();
  await page.getByRole("textbox", { name: "Note to them" }).fill(note);
  if (note === "") await expectAccessible(page);
  await ask.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Change 3 codes");
  await expect(page.getByText("Waiting for approval", { exact: true })).toBeVisible();
  return new URL(page.url()).pathname;
}

test("a change of many codes waits for a second person, who refuses one and approves another", async ({
  page,
  browser,
}) => {
  const application = await makeApplication(page, "Four eyes");
  const campaign = await makeCampaign(page, "Watched", application);
  const batchId = await makeBatch(page, 3, "watched", campaign);

  await setApproval(page, application, "many");
  await expect(page.getByText("“many” is not a whole number.").first()).toBeVisible();
  const boris = await enter(browser, await invite(page, "Boris", "Editor", application), "correct horse battery");
  await setApproval(page, application, "2");
  await expect(page.getByText("Changes of more than 2 codes wait until a second person approves them.")).toBeVisible();
  await expectAccessible(page);

  const refused = await askFor(page, campaign, batchId, "7", "For the winter sale");
  await expect(page.getByRole("button", { name: "Approve and change 3 codes" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Withdraw" })).toBeVisible();
  await expectAccessible(page);

  await boris.goto(`${campaign}/referrals`);
  const corner = boris.getByRole("region", { name: "Waiting for your decision" });
  await corner.getByText("1 change waits for your decision").click();
  await corner.getByRole("link", { name: "Change 3 codes" }).click();
  await expect(boris).toHaveURL(new RegExp(`${refused}$`));
  await expect(boris.getByText("For the winter sale")).toBeVisible();
  await expect(boris.getByRole("table", { name: "Old and new values" })).toContainText(/Redemption limit.*→7.*3/);
  await expect(boris.getByRole("table", { name: "Codes as planned" }).getByRole("row")).toHaveCount(4);
  await boris.getByRole("button", { name: "Refuse…" }).click();
  await boris.getByRole("button", { name: "Refuse the change" }).click();
  await expect(boris.getByText("A reason has 1 to 500 characters; this one has 0.")).toBeVisible();
  await expectAccessible(boris);
  await boris.getByRole("textbox", { name: "Why it is refused" }).fill("Seven is too few");
  await boris.getByRole("button", { name: "Refuse the change" }).click();
  await expect(boris.getByText("Boris (Editor) refused it")).toBeVisible();
  await expect(boris.getByRole("button", { name: "Approve and change 3 codes" })).toBeHidden();

  await page.goto(refused);
  await page.getByRole("button", { name: "Show the plan" }).click();
  await expect(page.getByRole("button", { name: "Ask for approval of 3 codes" })).toBeEnabled();
  const approved = await askFor(page, campaign, batchId, "9", "");
  await page.goto(`${campaign}/operations`);
  const table = page.getByRole("table", { name: "Changes that need approval, those that wait first" });
  await expect(table.getByRole("row").nth(1)).toContainText("Waiting for approval");
  await expect(table.getByRole("row").nth(2)).toContainText(/Seven is too few.*Refused/);
  await expectAccessible(page);
  await boris.goto(approved);
  await boris.getByRole("button", { name: "Approve and change 3 codes" }).click();
  await expect(boris.getByRole("heading", { level: 1 })).toHaveText("Edited 3 codes");
  await expect(boris.getByText(/^Boris \(Editor\), on/)).toBeVisible();
  await expect(boris.getByText(/\(Administrator\), on/)).toBeVisible();

  // undoing it is a change of as many codes
  await boris.getByRole("button", { name: "Undo", exact: true }).click();
  await boris.getByRole("button", { name: "Ask for approval of 3 codes" }).click();
  await expect(boris.getByText("Waiting for approval", { exact: true })).toBeVisible();
  await boris.getByRole("button", { name: "Withdraw" }).click();
  await expect(boris.getByText("Boris (Editor) withdrew it")).toBeVisible();

  await setApproval(page, application, "");
  await expect(page.getByText("Off: whoever may change codes does so alone")).toBeVisible();
  await boris.goto(approved);
  await boris.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(boris.getByText("Undone: 3 codes changed")).toBeVisible();
  await boris.context().close();

  await page.goto(`${application}/audit?by=boris`);
  for (const done of [/Refused approval of operation.*Seven is too few/, /Approved operation/, /Withdrew operation/])
    await expect(page.getByRole("row", { name: done }).first()).toBeVisible();
});
