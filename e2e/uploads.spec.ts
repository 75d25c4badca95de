import { campaignPath, expect, test } from "./fixtures";

const upload = /\/import\/upload/;
const file = { name: "codes.csv", mimeType: "text/csv", buffer: Buffer.from("couponvalue\nUPLOAD-1\n") };

test.describe("an upload", () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  for (const [status, says] of [
    [413, "larger than a proxy in front of the program lets through (413)"],
    [502, "A proxy in front of the program got no answer from it (502)"],
    [200, "in place of its answer, probably to sign in"],
  ] as const) {
    test(`that something else answers with ${status} blames that`, async ({ page }) => {
      await page.goto(campaignPath(1, "/referrals/import"));
      await page.route(upload, (route) => route.fulfill({ status, contentType: "text/html", body: "<h1>Proxy</h1>" }));
      await page.getByLabel("Choose a CSV file").setInputFiles(file);
      const refusal = page.getByRole("main").getByRole("alert");
      await expect(refusal).toContainText(says);
      await expect(refusal).toContainText("Nothing was kept.");
      await expect(refusal).not.toContainText("connection");
    });
  }
});

test("a file dropped beside the zone for it does not replace the page, on any page", async ({ page }) => {
  for (const path of ["/referrals", "/referrals/import", "/referrals/new"]) {
    await page.goto(campaignPath(1, path));
    const refused = await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["x"], "beside.csv"));
      const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer });
      return !document.querySelector("h1")?.dispatchEvent(drop);
    });
    expect(refused, path).toBe(true);
  }
});
