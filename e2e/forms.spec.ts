import type { Page } from "@playwright/test";
import { campaignPath, expect, notFoundLine, test } from "./fixtures";
import { makeBatch } from "./pages/create";
import { instruct } from "./pages/edit";
import { ReferralList } from "./pages/referral-list";

type BadInput = {
  what: string;
  fill: (page: Page) => Promise<void>;
  /** The field that is wrong, by its label. */
  field: string;
  says: RegExp;
};

/** The field of the pattern, behind its summary. */
async function pattern(page: Page) {
  await page
    .getByText(/^Pattern/)
    .first()
    .click();
  return text(page, "Pattern");
}
const text = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const choose = (page: Page, label: string) => page.getByText(label, { exact: true }).click();

const ownCode = (code: string) => async (page: Page) => {
  await choose(page, "A code of my own");
  await text(page, "Own code").fill(code);
};
const limit = (value: string) => (page: Page) => text(page, "Number of redemptions").fill(value);
const until = (value: string, from?: string) => async (page: Page) => {
  if (from) {
    await choose(page, "From a date");
    await text(page, "Valid from").fill(from);
  }
  await choose(page, "Until a date");
  await text(page, "Valid until").fill(value);
};

const badInputs: BadInput[] = [
  {
    what: "a code that is taken",
    fill: ownCode("welcome-lena"),
    field: "Own code",
    says: /“WELCOME-LENA” is taken: in this campaign it belongs to .+ Choose another code\./,
  },
  { what: "a code too short", fill: ownCode("abc"), field: "Own code", says: /“abc” is too short/ },
  { what: "a code too long", fill: ownCode("A".repeat(101)), field: "Own code", says: /This code has 101 characters/ },
  {
    what: "a code with a forbidden character",
    fill: ownCode("SUMMER/26"),
    field: "Own code",
    says: /“SUMMER\/26” contains “\/”/,
  },
  {
    what: "a pattern without #",
    fill: async (page) => (await pattern(page)).fill("SUMMER"),
    field: "Pattern",
    says: /#/,
  },
  { what: "a limit of 0", fill: limit("0"), field: "Number of redemptions", says: /“0” is no redemption limit/ },
  {
    what: "a limit of 1,000,000",
    fill: limit("1000000"),
    field: "Number of redemptions",
    says: /“1000000” is no redemption limit/,
  },
  {
    what: "a limit in words",
    fill: limit("many"),
    field: "Number of redemptions",
    says: /“many” is no redemption limit/,
  },
  {
    what: "an end before the start",
    fill: until("2027-01-31", "2027-02-01"),
    field: "Valid until",
    says: /is not after the start/,
  },
  {
    what: "a day that does not exist",
    fill: until("2027-02-31"),
    field: "Valid until",
    says: /31 Feb 2027 does not exist: Feb 2027 has 28 days\./,
  },
  {
    what: "an Integration ID of 1,001 characters",
    fill: (page) => text(page, "Advocate's Integration ID").fill("x".repeat(1001)),
    field: "Advocate's Integration ID",
    says: /this one has 1,001/,
  },
  {
    what: "no Integration ID",
    fill: (page) => text(page, "Advocate's Integration ID").fill(""),
    field: "Advocate's Integration ID",
    says: /The advocate is missing/,
  },
];

for (const { what, fill, field, says } of badInputs) {
  test(`${what} is refused with its field, value and mend; what was typed stays`, async ({ page }) => {
    await page.goto(campaignPath(1, "/referrals/new"));
    await text(page, "Advocate's Integration ID").fill("bad-input");
    await fill(page);
    const typed = await text(page, field).inputValue();
    await page.getByRole("button", { name: "Create 1 code" }).click();

    const refusal = page.getByRole("main").getByRole("alert");
    await expect(refusal).toBeFocused();
    await expect(refusal).toContainText(says);
    await expect(text(page, field)).toHaveAttribute("aria-invalid", "true");
    await expect(text(page, field)).toHaveAccessibleDescription(says);
    await expect(text(page, field)).toHaveValue(typed);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter"); // the first problem leads to its field
    await expect(text(page, field)).toBeFocused();
    await expect(page).toHaveURL(/\/referrals\/new$/);
  });
}

test("a code that another campaign has is refused with the name of that campaign", async ({ page }) => {
  await page.goto(campaignPath(3, "/referrals/new"));
  await text(page, "Advocate's Integration ID").fill("bad-input");
  await ownCode("welcome-lena")(page);
  await page.getByRole("button", { name: "Create 1 code" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(/“WELCOME-LENA” is taken.*“Refer a friend”/);
});

test("a pattern with too little room is refused, and the longer one that is offered does it", async ({ page }) => {
  const list = new ReferralList(page);
  await page.goto(campaignPath(1, "/referrals/new"));
  await choose(page, "Many advocates");
  await text(page, "Integration IDs").fill(Array.from({ length: 33 }, (_, index) => `room-${index}`).join("\n"));
  await (await pattern(page)).fill("ROOM-#");
  await page.getByRole("button", { name: "Create 33 codes" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("“ROOM-#” can give 32 codes");
  await list.open("?q=room");
  await expect(page.getByRole("heading", { name: "No codes found" })).toBeVisible();

  await page.goto(campaignPath(1, "/referrals/new"));
  await choose(page, "Many advocates");
  await text(page, "Integration IDs").fill(Array.from({ length: 33 }, (_, index) => `room-${index}`).join("\n"));
  await (await pattern(page)).fill("ROOM-#");
  await page.getByRole("button", { name: /^Use ROOM-/ }).click();
  await page.getByRole("button", { name: "Create 33 codes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("33 codes created");
});

test("a double click on Create makes one code", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals/new"));
  await text(page, "Advocate's Integration ID").fill("twice");
  await (await pattern(page)).fill("DOUBLE-CLICK-####");
  await page.getByRole("button", { name: "Create 1 code" }).dblclick();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Code created");
  const list = new ReferralList(page);
  await list.open("?q=doubleclick");
  await expect(list.position).toHaveText("1–1 of 1");
});

test("a form that holds unsaved input asks before a link leaves it", async ({ page }) => {
  await page.goto(campaignPath(1, "/referrals/new"));
  await text(page, "Advocate's Integration ID").fill("unsaved");
  page.once("dialog", (question) => question.dismiss());
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(text(page, "Advocate's Integration ID")).toHaveValue("unsaved");
  page.once("dialog", (question) => question.accept());
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Referrals");
});

test("a form that holds unsaved input asks before Back leaves it", async ({ page }) => {
  await new ReferralList(page).open();
  await page.getByRole("link", { name: "Create referrals" }).click();
  await text(page, "Advocate's Integration ID").fill("unsaved");
  const asked = page.waitForEvent("dialog");
  await page.evaluate(() => history.back());
  await (await asked).dismiss();
  await expect(text(page, "Advocate's Integration ID")).toHaveValue("unsaved");
  page.once("dialog", (question) => question.accept());
  await text(page, "Advocate's Integration ID").press("End");
  await page.evaluate(() => history.back());
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Referrals");
});

test("a form that Back opens again shows what it holds, not what the browser remembers", async ({ page }) => {
  const instruction = page.getByRole("combobox", { name: "What to do with Redemption limit" });
  await page.goto(campaignPath(1, "/referrals/edit?batch=nxbcayrs"));
  await instruction.selectOption("Set to");
  await page.goto(campaignPath(1, "/operations"));
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit batch nxbcayrs");
  await expect(instruction).toHaveValue("leave");
  await instruction.selectOption("Set to");
  await expect(text(page, "Redemption limit")).toBeVisible();
});

test("an edit says what is wrong with a field before there is a plan, and what a plan refuses", async ({ page }) => {
  const batchId = await makeBatch(page, 3, "edit-refused");
  await page.goto(campaignPath(1, `/referrals/edit?batch=${batchId}`));
  const apply = page.getByRole("button", { name: /^Change / });
  await instruct(page, "Redemption limit", "Set to", "1000000");
  await expect(text(page, "Redemption limit")).toHaveAttribute("aria-invalid", "true");
  await expect(apply).toBeDisabled();
  await text(page, "Redemption limit").fill("5");
  await expect(page.getByRole("button", { name: "Change 3 codes" })).toBeEnabled();

  await instruct(page, "Valid until", "Set to", "2027-02-31");
  await page.keyboard.press("Tab");
  await expect(text(page, "Valid until")).toHaveAccessibleDescription(/31 Feb 2027 does not exist/);
  await expect(apply).toBeDisabled();
  await text(page, "Valid until").fill("2027-01-31");
  await instruct(page, "Valid from", "Set to", "2027-02-01");
  await expect(page.getByText("Valid until must be later than valid from.").first()).toBeVisible();
  await expect(apply).toBeDisabled();
});

test.describe("what does not exist", () => {
  test.use({ expectedErrors: [notFoundLine] });

  for (const path of [
    "/applications/9/campaigns",
    campaignPath(999),
    "/applications/1/campaigns/banana/referrals",
    campaignPath(1, "/referrals/999999999"),
    campaignPath(1, "/referrals/banana"),
    campaignPath(1, "/referrals/999999999/edit"),
    campaignPath(1, "/referrals/batches/zzzzzzzz"),
    campaignPath(1, "/referrals/import/999999999"),
    campaignPath(1, "/referrals/new?done=999999999"),
    campaignPath(1, "/operations/999999999"),
    campaignPath(3, "/operations/1"), // another campaign's
    campaignPath(3, "/referrals/1"),
  ]) {
    test(`${path} is answered by 404 and a page that says so`, async ({ page }) => {
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing at this address");
      await expect(page.getByRole("link", { name: "Go to the campaigns" })).toBeVisible();
    });
  }
});
