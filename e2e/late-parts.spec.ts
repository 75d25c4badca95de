import type { Page } from "@playwright/test";
import { campaignPath, expect, test } from "./fixtures";
import { ReferralList } from "./pages/referral-list";

// What the browser and Next's own handler write for scripts that do not come.
test.use({ expectedErrors: [/Failed to load|ChunkLoadError|net::ERR_FAILED/] });

const scripts = /\/_next\/static\/chunks\/.*\.js/;

/** Takes every script away that is not there yet: by the connection, or as a deployment does. */
async function withoutScripts(page: Page, how: "connection" | "deployment"): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.route(scripts, (route) => (how === "connection" ? route.abort() : route.fulfill({ status: 404 })));
}

for (const how of ["connection", "deployment"] as const) {
  test(`a calendar that is lost by the ${how} says so under its field; the form stays and it is tried again`, async ({
    page,
  }) => {
    await page.goto(campaignPath(1, "/referrals/new"));
    const advocate = page.getByRole("textbox", { name: "Advocate's Integration ID" });
    await advocate.fill("typed-before");
    await page.getByText("Until a date", { exact: true }).click();
    await withoutScripts(page, how);
    await page.getByRole("button", { name: "Choose a day" }).first().click();
    const note = page.getByRole("main").getByRole("alert");
    await expect(note).toContainText("The calendar could not be loaded");
    await expect(advocate).toHaveValue("typed-before");

    await note.getByRole("button", { name: "Close" }).click();
    await expect(note).toBeHidden();
    await page.getByRole("button", { name: "Choose a day" }).first().click();
    await expect(note).toContainText("The calendar could not be loaded");
    await page.unroute(scripts);
    await note.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("dialog", { name: "Choose a day" })).toBeVisible();
    await expect(note).toBeHidden();
    await expect(advocate).toHaveValue("typed-before");
  });
}

const parts: { what: string; open: (list: ReferralList) => Promise<void>; role: "menu" | "dialog" | "region" }[] = [
  {
    what: "The row's menu",
    open: (list) =>
      list.table
        .getByRole("button", { name: /^Actions for / })
        .first()
        .click(),
    role: "menu",
  },
  { what: "The filter", open: (list) => list.page.getByRole("button", { name: "Add filter" }).click(), role: "dialog" },
  {
    what: "The choice of columns",
    open: (list) => list.page.getByRole("button", { name: "Columns", exact: true }).click(),
    role: "dialog",
  },
  {
    what: "The menu of views",
    open: (list) => list.page.getByRole("button", { name: "Views", exact: true }).click(),
    role: "dialog",
  },
  { what: "The export", open: (list) => list.page.getByRole("button", { name: "Export" }).click(), role: "dialog" },
  {
    what: "The calendar",
    open: (list) => list.page.getByRole("button", { name: "Go to date" }).click(),
    role: "dialog",
  },
  { what: "The list of keys", open: (list) => list.page.keyboard.press("?"), role: "dialog" },
  {
    what: "What can be done with the selection",
    open: (list) => list.table.getByRole("checkbox").nth(1).check(),
    role: "region",
  },
];

for (const { what, open, role } of parts) {
  test(`the list stays where a part of it cannot be loaded: ${what}`, async ({ page }) => {
    const list = new ReferralList(page);
    await list.open();
    const [first] = await list.codes();
    await list.table.hover(); // has what ticks rows fetched
    await withoutScripts(page, "deployment");
    await open(list);
    const note = page.getByRole("alert").filter({ hasText: `${what} could not be loaded.` });
    await expect(note).toBeVisible();
    await expect(list.copyButtons.first()).toHaveAccessibleName(`Copy code ${first}`);
    await page.unroute(scripts);
    await note.getByRole("button", { name: "Try again" }).click();
    const part = page.getByRole(role);
    await expect(role === "region" ? part.filter({ hasText: "1 code selected" }) : part).toBeVisible();
    await expect(note).toBeHidden();
  });
}

test("rows that cannot be ticked or ordered, because the code for it is gone, stay as they are and say so", async ({
  page,
}) => {
  const list = new ReferralList(page);
  await list.open();
  const codes = await list.codes();
  await withoutScripts(page, "deployment");
  const box = list.box(codes[0] ?? "");
  await box.click();
  const note = page.getByRole("alert").filter({ hasText: "A message could not be loaded" });
  await expect(note).toBeVisible();
  await expect(box).not.toBeChecked();
  await page.unroute(scripts);
  await note.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("The table's code could not be loaded.")).toBeVisible();
  expect(await list.codes()).toEqual(codes);
  await box.check();
  await expect(page.getByRole("region", { name: "Selected codes" })).toContainText("1 code selected");
  await page.getByRole("columnheader", { name: "Code" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=code/);
});

test("a message that cannot be loaded takes no page with it, and comes with the next try", async ({ page }) => {
  await page.goto(campaignPath(2, "/settings"));
  const description = page.getByRole("textbox", { name: "Description" });
  await description.fill("Kept");
  await withoutScripts(page, "connection");
  await page.getByRole("button", { name: "Save" }).click();
  const note = page.getByRole("alert").filter({ hasText: "A message could not be loaded" });
  await expect(note).toBeVisible();
  await expect(description).toHaveValue("Kept");
  await page.unroute(scripts);
  await note.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
});

test("a page whose own script is gone does not say that nothing was changed", async ({ page }) => {
  await page.goto("/applications/new");
  await withoutScripts(page, "connection");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Late parts");
  await page.getByRole("button", { name: "Create application" }).click();
  const main = page.getByRole("main");
  await expect(main).toContainText("A part of it could not be loaded");
  await expect(main).toContainText("look whether it was done before you send it again");
  await expect(main).not.toContainText("Nothing was changed");
  await page.unroute(scripts);
  await page.getByRole("button", { name: "Reload the page" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
