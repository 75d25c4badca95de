import { campaignPath, expect, test } from "./fixtures";

for (const { locale, typed } of [
  { locale: "de-DE", typed: ["3.4.2031", "3. April 2031", "03.04.31", "3/4/2031"] },
  { locale: "en-US", typed: ["4/3/2031", "Apr 3, 2031", "April 3rd, 2031", "2031-4-3"] },
  { locale: "en-GB", typed: ["3/4/2031", "3 April 2031", "3 Apr 31", "2031/04/03"] },
]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("a date is typed as it is written there, said in full, and written year first when the field is left", async ({
      page,
    }) => {
      await page.goto(campaignPath(1, "/referrals/new"));
      await page.getByText("Until a date", { exact: true }).click();
      const until = page.getByRole("textbox", { name: "Valid until" });
      for (const text of typed) {
        await until.fill(text);
        await expect(page.getByText(/^Valid through 3 Apr 2031, 23:59 Europe\/Berlin/)).toBeVisible();
        await expect(until).toHaveValue(text);
        await until.blur();
        await expect(until).toHaveValue("2031-04-03");
      }
      await until.fill(`${typed[0]} 14:30`);
      await expect(page.getByText(/3 Apr 2031, 14:30 Europe\/Berlin/)).toBeVisible();
      await page.getByRole("textbox", { name: "Advocate's Integration ID" }).fill(`dates-${locale}`);
      await until.press("Enter");
      await expect(page.getByRole("heading", { level: 1 })).toContainText("created");
      await expect(page.getByText(/until 3 Apr 2031, 14:30/)).toBeVisible();
    });
  });
}
