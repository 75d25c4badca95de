import { createHash, randomBytes } from "node:crypto";
import { campaignPath, expect, test } from "./fixtures";
import { makeCampaign } from "./pages/create";
import { parseRows } from "./pages/downloads";

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

test("a file of 12 MB is read as it was sent, to the byte (B3)", async ({ page, baseURL }) => {
  const campaign = await makeCampaign(page, "Twelve megabytes");
  const sha256 = (texts: string[]) => createHash("sha256").update(texts.join("\n")).digest("hex");
  const ids = Array.from({ length: 3000 }, () => randomBytes(2000).toString("hex")); // too long: each row comes back with what is wrong
  const data = ["code,advocateprofileintegrationid", ...ids.map((id, n) => `WHOLE-${n},${id}`)].join("\n");
  expect(data.length).toBeGreaterThan(12_000_000);
  const sent = await page.request.post(`${campaign}/referrals/import/upload?name=whole.csv`, {
    headers: { origin: baseURL ?? "" },
    data,
  });
  expect(sent.status()).toBe(201);
  const { importId } = (await sent.json()).data;
  const failed = await page.request.get(`${campaign}/referrals/import/${importId}/failed-rows`);
  const read = parseRows(await failed.body()).map((row) => row.advocateprofileintegrationid ?? "");
  expect(sha256(read)).toBe(sha256(ids));
});
