import type { Page } from "@playwright/test";
import { clipboardText, expect, spoilClipboard, test } from "./fixtures";
import { expectAccessible, expectNothingFound } from "./pages/axe";
import { keysPath as keys, makeKey, shownKey } from "./pages/keys";

/** The status that the server answers a trial with. */
async function tried(page: Page, key: string): Promise<number> {
  const answer = await page.request.put("/v2/customer_sessions/first-try?dry=true", {
    headers: { authorization: `ApiKey-v1 ${key}` },
    data: { customerSession: { profileId: "first-try", referralCode: "FIRST-TRY" } },
  });
  return answer.status();
}

const row = (page: Page, key: string) => page.getByRole("row").filter({ hasText: `…${key.slice(-4)}` });

test("a key is made, used, rotated and revoked", async ({ page }) => {
  const name = "Shop of the journey";
  const first = await makeKey(page, name);
  await spoilClipboard(page);
  await page.getByRole("button", { name: `Copy key of ${name}` }).click();
  await expect(page.getByRole("button", { name: `Copy key of ${name}` }).getByText("Copied")).toBeVisible();
  expect(await clipboardText(page)).toBe(first);
  await page.getByRole("button", { name: "Copy line to try it" }).click();
  await expect.poll(() => clipboardText(page)).toContain(`-H 'Authorization: ApiKey-v1 ${first}'`);
  expect(await clipboardText(page)).toContain(`curl -X PUT '${new URL(page.url()).origin}/v2/customer_sessions/`);
  expect(await tried(page, first)).toBe(200);

  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("API keys");
  expect(await page.content()).not.toContain(first);
  await expect(row(page, first)).toContainText(/Works.*Integration key, all of its kind.*1,000 requests a second/);
  await page.reload();
  await expect(row(page, first).getByRole("cell").nth(2)).not.toHaveText("Never");

  await row(page, first)
    .getByRole("button", { name: /^Rotate… / })
    .click();
  await expect(page.getByRole("alertdialog", { name: `Rotate “${name}”?` })).toContainText(
    "Both work until you revoke",
  );
  await page.getByRole("button", { name: "Make the next key" }).click();
  await expect(page.getByRole("heading", { name: `The next key of “${name}” works from now on` })).toBeFocused();
  const next = await shownKey(page, name);
  expect([await tried(page, first), await tried(page, next)]).toEqual([200, 200]);
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("button", { name: `Copy key of ${name}` })).toBeHidden();
  await expect(row(page, next).first()).toContainText("Works");
  const replaced = page.getByRole("row", { name: `…${first.slice(-4)}` });
  await expect(replaced).toContainText(`Replacedby ${next.slice(0, 10)}…${next.slice(-4)}`);
  await expect(replaced.getByRole("button", { name: /^Rotate… / })).toBeHidden();

  await replaced.getByRole("button", { name: /^Revoke… / }).click();
  const question = page.getByRole("alertdialog", { name: `Revoke “${name}”?` });
  await expect(question).toContainText(/was last used on \d+ \w+ \d{4}, \d\d:\d\d Europe\/Berlin/);
  await expect(question).toContainText(`Its next key, ${next.slice(0, 10)}…${next.slice(-4)}, works on.`);
  await question.getByRole("button", { name: "Cancel" }).click();
  expect(await tried(page, first)).toBe(200);
  await replaced.getByRole("button", { name: /^Revoke… / }).click();
  await question.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText(`Revoked “${name}”`)).toBeVisible();
  await expect(page.getByRole("region", { name: "API keys" })).toBeFocused();
  await expect(replaced).toContainText("Revoked");
  await expect(replaced.getByRole("button")).toHaveCount(0);
  await expect.poll(() => tried(page, first)).toBe(401);
  expect(await tried(page, next)).toBe(200);
});

test("a management key may do what is ticked; what a tick includes cannot be left out", async ({ page }) => {
  await page.goto(`${keys}/new`);
  await page.getByRole("radio", { name: "Management key" }).check();
  const boxes = page.getByRole("group", { name: "What it may do" }).getByRole("checkbox");
  const count = await boxes.count();
  expect(count).toBeGreaterThan(10);
  for (let at = 0; at < count; at += 1) await expect(boxes.nth(at)).toBeChecked();
  const box = (name: string | RegExp) => page.getByRole("checkbox", { name });
  const read = box(/^See and choose codes/);
  await expect(read).toBeDisabled();
  for (let at = count - 1; at >= 0; at -= 1) await boxes.nth(at).uncheck();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Report");
  await page.getByRole("button", { name: "Make key" }).click();
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toBeFocused();
  await expect(alert).toContainText("Allow the key at least one thing.");
  await box("Download codes as a file").check();
  await expect(read).toBeChecked();
  await expect(read).toBeDisabled();
  await page.getByRole("button", { name: "Make key" }).click();
  const key = await shownKey(page, "Report");
  expect(key).toMatch(/^rfm_1_/);
  await page.getByRole("button", { name: "Copy line to try it" }).click();
  await expect.poll(() => clipboardText(page)).toContain(`-H 'Authorization: ManagementKey-v1 ${key}'`);
  const [, path = ""] = /^curl 'http:\/\/[^/]+(\/[^']+)'/.exec(await clipboardText(page)) ?? [];
  const answer = await page.request.get(path, { headers: { authorization: `ManagementKey-v1 ${key}` } });
  expect((await answer.json()).data).toHaveLength(1);
  await page.getByRole("button", { name: "I have stored it" }).click();
  await row(page, key)
    .getByText(/Management key, 3 of \d+/)
    .click();
  await expect(row(page, key).getByRole("listitem")).toHaveText([
    /^See an application/,
    /^See and choose codes/,
    "Download codes as a file",
  ]);
});

test("what is wrong is said at its field, and what was typed stays", async ({ page }) => {
  await page.goto(`${keys}/new`);
  const text = (name: string) => page.getByRole("textbox", { name, exact: true });
  const says = (name: string, problem: RegExp) => expect(text(name)).toHaveAccessibleDescription(problem);
  await page.getByRole("radio", { name: "Until a date" }).check();
  await text("Until").fill("2020-01-31");
  await text("Requests a second").fill("100,001");
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeFocused();
  await says("Name", /A name has 1 to 100 characters; this one has 0\./);
  await says("Requests a second", /“100001” is no rate: .+ from 1 to 100,000\./);
  await expectAccessible(page);
  await text("Name").fill("Late");
  await text("Requests a second").fill("5");
  await page.getByRole("button", { name: "Make key" }).click();
  await says("Until", /This end has passed; choose one that lies ahead\./);
  await text("Until").fill("2099-01-31");
  await says("Until", /Works through 31 Jan 2099, 23:59 Europe\/Berlin/);
  await page.getByRole("button", { name: "Make key" }).click();
  const key = await shownKey(page, "Late");
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(row(page, key)).toContainText("31 Jan 2099");
});

test("a form with something in it, and a key that is shown once, are not left without a question", async ({ page }) => {
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  const away = page.getByRole("complementary", { name: "Menu" }).getByRole("link", { name: "Campaigns" });
  await page.goto(`${keys}/new`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Asked");
  await away.click();
  expect(asked).toEqual([expect.stringContaining("What you typed here is not saved")]);
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByRole("button", { name: "Copy key of Asked" })).toBeVisible();
  await away.click();
  expect(asked.at(-1)).toContain("The new key is shown here and now alone");
  await expect(page.getByRole("button", { name: "Copy key of Asked" })).toBeVisible();
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("API keys");
  await away.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Campaigns");
  expect(asked).toHaveLength(2);
});

test("axe finds nothing: no keys yet, a key that is shown once, the list, and its questions", async ({ page }) => {
  test.slow();
  await page.goto("/applications/new");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Shop without keys");
  await page.getByRole("button", { name: "Create application" }).click();
  await page.getByRole("link", { name: "API keys" }).click();
  await expect(page.getByRole("heading", { name: "No API keys yet" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "New key" }).click();
  await page.getByRole("radio", { name: "Management key" }).check();
  await expectAccessible(page);
  await page.getByRole("radio", { name: "Integration key" }).check();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Seen by axe");
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByRole("button", { name: "Copy key of Seen by axe" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "I have stored it" }).click();
  await page.getByRole("button", { name: /^Rotate… / }).click();
  await expectNothingFound(page, "rotate");
  await page.getByRole("button", { name: "Make the next key" }).click();
  await expect(page.getByRole("button", { name: "Copy key of Seen by axe" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "I have stored it" }).click();
  await page
    .getByRole("button", { name: /^Revoke… / })
    .last()
    .click();
  await expectNothingFound(page, "revoke");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("keys can be read, and nothing dead is shown", async ({ page }) => {
    await page.goto(keys);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("API keys");
    await expect(page.getByRole("link", { name: "New key" })).toBeHidden();
    await expect(page.getByRole("button", { name: /Rotate|Revoke/ }).first()).toBeHidden();
  });
});
