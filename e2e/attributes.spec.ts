import { expect, test } from "./fixtures";

test("an attribute that codes carry is not offered to be deleted, and the dialog says why", async ({ page }) => {
  await page.goto("/applications/1/attributes/tier/edit");
  await page.getByRole("button", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog", { name: "tier cannot be deleted" });
  await expect(dialog).toContainText(/codes still carry “tier”\. Remove it from them by editing them/);
  await expect(page.getByRole("button", { name: "Delete attribute" })).toBeHidden();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(dialog).toBeHidden();
});

test("an attribute that no code carries is deleted after a question", async ({ page }) => {
  await page.goto("/applications/1/attributes/new");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("unused_one");
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Unused");
  await page.getByRole("button", { name: "Add attribute" }).click();
  await page.getByRole("link", { name: "unused_one" }).click();
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete attribute" }).click();
  await expect(page.getByText("Deleted unused_one")).toBeVisible();
  await expect(page).toHaveURL(/\/attributes$/);
});
