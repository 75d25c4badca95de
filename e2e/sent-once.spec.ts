import { faultyLine } from "./faulty-line";
import { campaignPath, expect, test } from "./fixtures";
import { enter, invite } from "./pages/invite";

test("who presses again before the answer comes gets in by a link that works once", async ({
  page,
  browser,
  baseURL,
}) => {
  const link = new URL(await invite(page, "Hasty", "Viewer"));
  const line = await faultyLine(baseURL ?? "");
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const hasty = await context.newPage();
  // A form may be sent before all of its page has come, as the demo's sends itself.
  await hasty.addInitScript(() =>
    addEventListener("submit", () => setTimeout(() => dispatchEvent(new PageTransitionEvent("pageshow")))),
  );
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

test("who stays on the page when the browser asks can send the form again at once", async ({
  page,
  browser,
  baseURL,
}) => {
  const wavering = await enter(browser, await invite(page, "Wavering", "Editor"), "correct horse battery", { baseURL });
  let leave = false;
  let asked = 0;
  wavering.on("dialog", (dialog) => {
    asked += 1;
    return leave ? dialog.accept() : dialog.dismiss();
  });
  await wavering.goto(campaignPath(1, "/referrals/new"));
  await wavering.getByRole("textbox", { name: "Advocate's Integration ID" }).fill("typed and not sent");
  await wavering.getByRole("button", { name: "Sign out" }).first().click();
  await expect.poll(() => asked).toBe(1);
  leave = true;
  await wavering.getByRole("button", { name: "Sign out" }).first().click();
  await expect(wavering.getByText("You are signed out.")).toBeVisible();
  await wavering.context().close();
});
