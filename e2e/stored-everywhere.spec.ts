import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { formatRow } from "../lib/referrals/csv";
import { expect, test } from "./fixtures";
import { setApproval } from "./pages/approval";
import { makeApplication, makeBatch, makeCampaign } from "./pages/create";
import { enter } from "./pages/invite";
import { makeKey } from "./pages/keys";
import { dialogsOf, payloads, visit } from "./pages/scripts";

// Every text that somebody can store holds a script, in an application of its own: each is read somewhere as the text that it is, and
// no page there is runs one (X1). Pages are found by their files, so that a new one is among them.
const pages = readdirSync(join(import.meta.dirname, "..", "app"), { recursive: true })
  .map((file) => `/${String(file).replaceAll("\\", "/")}`)
  .filter((file) => file.endsWith("/page.tsx"))
  .map((file) => file.slice(0, -"/page.tsx".length).replace(/\/\(\w+\)/g, ""));

/** What a page is of besides what stands in its path. */
const choosing = /\/referrals\/(edit|delete)$/;

const code = "STORED-1"; // which has letters, digits and few signs alone
const attribute = "kind_of";

/** Scripts to store, each another one; whatever cannot stand at the end of a text is not among them. */
function scripts() {
  const left = [...payloads.filter((_, n) => n % 10 === 0), ...payloads.filter((_, n) => n % 10 === 1)].filter(
    (text) => text.trim() === text,
  );
  const stored: string[] = [];
  return {
    stored,
    next(): string {
      const text = left[stored.length] ?? "";
      stored.push(text);
      return text;
    },
  };
}

const idIn = (path: string | null, kind: string) => new RegExp(`/${kind}/(\\w+)`).exec(path ?? "")?.[1] ?? "";

async function defineAttribute(page: Page, application: string, text: () => string): Promise<void> {
  await page.goto(`${application}/attributes/new`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(attribute);
  await page.getByRole("textbox", { name: "Title", exact: true }).fill(text());
  await page.getByRole("textbox", { name: "Description" }).fill(text());
  await page.getByRole("textbox", { name: "Suggested values" }).fill(text());
  await page.getByRole("button", { name: "Add attribute" }).click();
  await expect(page).toHaveURL(/\/attributes$/);
}

async function saveSettings(page: Page, campaign: string, text: () => string): Promise<void> {
  await page.goto(`${campaign}/settings`);
  await page.getByRole("textbox", { name: "Description" }).fill(text());
  await page.getByRole("textbox", { name: "Link" }).fill("https://shop.example/?ref={code}");
  await page.getByRole("textbox", { name: "Share text" }).fill(`${text()} {code}`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved").first()).toBeVisible();
}

/** Makes a code of such an advocate for such a friend; gives the id it has. */
async function makeCode(page: Page, campaign: string, advocate: string, friend: string): Promise<string> {
  await page.goto(`${campaign}/referrals/new`);
  await page.getByRole("textbox", { name: "Advocate's Integration ID" }).fill(advocate);
  await page.getByText("One friend", { exact: false }).first().click();
  await page.getByRole("textbox", { name: "Friend's Integration ID" }).fill(friend);
  await page.getByRole("radio", { name: "A code of my own" }).check();
  await page.getByRole("textbox", { name: "Own code" }).fill(code);
  await page.getByRole("button", { name: "Create 1 code" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Code created");
  await page.goto(`${campaign}/referrals`);
  await page
    .getByRole("row", { name: code })
    .getByRole("button", { name: /^Actions for/ })
    .click();
  await page.getByRole("menuitem", { name: "Open referral" }).click();
  await expect(page).toHaveURL(/\/referrals\/\d+$/);
  return idIn(page.url(), "referrals");
}

async function makeNamedBatch(page: Page, campaign: string, text: () => string): Promise<string> {
  const batchId = await makeBatch(page, 3, text(), campaign);
  await page.goto(`${campaign}/referrals/batches/${batchId}`);
  await page.getByRole("textbox", { name: "Name" }).fill(text());
  await page.getByRole("textbox", { name: "Note" }).fill(text());
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Name and note saved").first()).toBeVisible();
  return batchId;
}

/** Uploads a file whose name, columns and cells are such texts, and which has a row that cannot be read. */
async function uploadFile(page: Page, campaign: string, text: () => string): Promise<string> {
  const rows = [
    ["code", "advocateprofileintegrationid", text()],
    [text(), "somebody", ""],
  ];
  const buffer = Buffer.from(rows.map((cells) => formatRow(cells, ",")).join("\n"));
  await page.goto(`${campaign}/referrals/import`);
  await page.getByLabel("Choose a CSV file").setInputFiles({ name: `${text()}.csv`, mimeType: "text/csv", buffer });
  await expect(page.getByRole("table", { name: "Problems of the file" })).toBeVisible();
  return idIn(page.url(), "import");
}

/** Saves a view of this name; gives what the list by its address shows, to which the name comes after the rows. */
async function readView(page: Page, campaign: string, name: string): Promise<string> {
  await page.goto(`${campaign}/referrals?sort=code`);
  await page.getByRole("button", { name: /^Views/ }).click();
  const panel = page.getByRole("dialog", { name: "Views" });
  await panel.getByRole("button", { name: "Save as a view" }).click();
  await panel.getByRole("textbox", { name: "Name of the view" }).fill(name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/view=\d+/);
  await visit(page, page.url());
  const views = page.getByRole("button", { name });
  await expect(views).toBeVisible();
  return (await views.textContent()) ?? "";
}

/** Invites somebody of this name; gives the path of the link that lets them in. */
async function inviteNamed(page: Page, application: string, name: string): Promise<string> {
  await page.goto(`${application}/members/new`);
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("textbox", { name: "E-mail address" }).fill("everywhere@example.com");
  await page.getByRole("radio", { name: "Editor" }).check();
  await page.getByRole("button", { name: "Invite" }).click();
  const shown = await page.getByRole("button", { name: /^Copy link for/ }).textContent();
  return /\/enter\/[\w-]{43}/.exec(shown ?? "")?.[0] ?? "";
}

/** Asks for approval with a note, which the other refuses with a reason; gives the operation's id. */
async function askAndRefuse(page: Page, other: Page, campaign: string, batchId: string, text: () => string) {
  await page.goto(`${campaign}/referrals/edit?batch=${batchId}`);
  await page.getByRole("combobox", { name: "What to do with Redemption limit" }).selectOption("set");
  await page.getByRole("textbox", { name: "Redemption limit" }).fill("77");
  await page.getByRole("textbox", { name: "Note to them" }).fill(text());
  await page.getByRole("button", { name: "Ask for approval of 3 codes" }).click();
  await expect(page.getByText("Waiting for approval", { exact: true })).toBeVisible();
  const operation = new URL(page.url()).pathname;
  await other.goto(operation);
  await other.getByRole("button", { name: "Refuse…" }).click();
  await other.getByRole("textbox", { name: "Why it is refused" }).fill(text());
  await other.getByRole("button", { name: "Refuse the change" }).click();
  await expect(other.getByText("refused it")).toBeVisible();
  return idIn(operation, "operations");
}

/** Downloads files whose names say what they are of: whatever that is called, they are of letters, digits, dots and dashes (X5). */
async function expectOwnNames(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    const answer = await page.request.get(path);
    const headers = answer.headers();
    expect(answer.status(), path).toBe(200);
    expect(headers["content-disposition"], path).toMatch(/^(attachment|inline); filename="[A-Za-z0-9.-]+"$/);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["content-type"], path).not.toContain("html");
  }
}

test("a script in any text is read as the text that it is, and runs on no page there is", async ({ page, browser }) => {
  test.setTimeout(480_000); // every page there is
  const dialogs = dialogsOf(page);
  const { stored, next } = scripts();
  const application = await makeApplication(page, next());
  const campaign = await makeCampaign(page, next(), application);
  await defineAttribute(page, application, next);
  await saveSettings(page, campaign, next);
  const key = await makeKey(page, next(), `${application}/keys`);
  const [advocate, friend, session] = [next(), next(), next()];
  const referralId = await makeCode(page, campaign, advocate, friend);
  const closed = await page.request.put(`/v2/customer_sessions/${encodeURIComponent(session)}`, {
    headers: { authorization: `ApiKey-v1 ${key}` },
    data: { customerSession: { state: "closed", profileId: friend, referralCode: code } },
  });
  expect((await closed.json()).effects[0].effectType).toBe("acceptReferral");
  const batchId = await makeNamedBatch(page, campaign, next);
  const importId = await uploadFile(page, campaign, next);
  const read = [await readView(page, campaign, next())];
  await page.goto(`${campaign}/settings/budgets/new`);
  await page.getByRole("textbox", { name: "At most" }).fill("500");
  await page.getByRole("button", { name: "Add budget" }).click();
  const budget = await page.getByRole("link", { name: /^At most 500/ }).getAttribute("href");
  const link = await inviteNamed(page, application, next());
  read.push(await visit(page, link));
  const other = await enter(browser, link, "correct horse battery");
  const otherDialogs = dialogsOf(other);
  await setApproval(page, application, "2");
  const operationId = await askAndRefuse(page, other, campaign, batchId, next);

  const ids: Record<string, string> = {
    ...{ applicationId: idIn(campaign, "applications"), campaignId: idIn(campaign, "campaigns"), referralId, batchId },
    ...{ importId, operationId, budgetId: idIn(budget, "budgets"), name: attribute, token: idIn(link, "enter") },
  };
  expect(Object.entries(ids).filter(([, id]) => id === "")).toEqual([]);
  expect(pages.length).toBeGreaterThan(40);
  for (const path of pages) {
    const address = path.replace(/\[(\w+)\]/g, (_, name) => ids[name] ?? `no ${name}`);
    read.push(await visit(page, `${address}${choosing.test(path) ? `?batch=${batchId}` : ""}` || "/"));
  }
  const asked = [friend, advocate].map((id) => `${application}/customers?id=${encodeURIComponent(id)}`);
  const check = `code=${code}&friend=${encodeURIComponent(friend)}`;
  for (const path of [...asked, `${application}/check?${check}`]) read.push(await visit(page, path));
  read.push(await visit(other, `${campaign}/operations/${operationId}`), await visit(other, "/account"));
  await other.context().close();
  await expectOwnNames(page, [
    ...["csv", "xlsx", "codes", "links"].map((format) => `${campaign}/referrals/export?format=${format}`),
    ...[`${campaign}/referrals/export?format=csv&q=${code}`, `${application}/audit/export`],
    ...[`${campaign}/referrals/import/sample`, `${campaign}/referrals/import/${importId}/failed-rows`],
    ...[`${campaign}/over-time?range=month&by=day`, `${campaign}/referrals/${referralId}/qr?format=png`],
  ]);
  expect(stored.filter((text) => !read.some((one) => one.includes(text)))).toEqual([]);
  expect([...dialogs, ...otherDialogs]).toEqual([]);
});
