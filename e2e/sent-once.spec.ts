import { faultyLine } from "./faulty-line";
import { expect, test } from "./fixtures";
import { invite } from "./pages/invite";

test("who presses again before the answer comes gets in by a link that works once", async ({
  page,
  browser,
  baseURL,
}) => {
  const link = new URL(await invite(page, "Hasty", "Viewer"));
  const line = await faultyLine(baseURL ?? "");
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const hasty = await context.newPage();
  await hasty.goto(line.address + link.pathname);
  await hasty.getByLabel("New password").fill("correct horse battery");
  const release = line.hold();
  // By the mouse itself: Playwright's locators wait for a page that is on its way.
  const button = await hasty.getByRole("button", { name: "Save and sign in" }).boundingBox();
  const press = () => hasty.mouse.click((button?.x ?? 0) + 10, (button?.y ?? 0) + 10);
  await press();
  await expect.poll(line.answered).toBe(1);
  await press();
  await press();
  release();
  await expect(hasty.getByRole("heading", { level: 1 })).toHaveText("Campaigns");
  expect(line.answered()).toBe(1);
  await context.close();
  await line.close();
});
