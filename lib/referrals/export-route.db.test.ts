import { beforeEach, expect, it, vi } from "vitest";
import { GET as qr } from "@/app/(dashboard)/applications/[applicationId]/campaigns/[campaignId]/referrals/[referralId]/qr/route";
import { GET as choices } from "@/app/(dashboard)/applications/[applicationId]/campaigns/[campaignId]/referrals/choices/route";
import {
  GET,
  HEAD,
} from "@/app/(dashboard)/applications/[applicationId]/campaigns/[campaignId]/referrals/export/route";
import { GET as sample } from "@/app/(dashboard)/applications/[applicationId]/campaigns/[campaignId]/referrals/import/sample/route";
import type { CampaignIds } from "@/lib/access/scope";
import { pool } from "@/lib/db";
import { makeBatch, makeCampaign } from "@/lib/testing/builders";

vi.mock("@/lib/access/actor", async (original) => {
  const actor = await original<typeof import("@/lib/access/actor")>();
  return { ...actor, currentActor: async () => actor.operator };
});

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
  await makeBatch(
    scope,
    Array.from({ length: 20_000 }, () => ({})),
  );
});

const ask = (run: typeof GET, search = "", init: RequestInit = {}) =>
  run(new Request(`http://localhost/export${search}`, init), {
    params: Promise.resolve({ applicationId: String(scope.applicationId), campaignId: String(scope.campaignId) }),
  });

it("answers HEAD with the headers of GET and how many codes there are, and exports nothing", async () => {
  const got = await ask(GET);
  await got.body?.cancel();
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const { status, headers } = await ask(HEAD, "", { method: "HEAD" });
    expect(status).toBe(200);
    expect(headers.get("export-rows")).toBe("20,000");
    headers.delete("export-rows");
    expect([...headers]).toEqual([...got.headers]);
  }
  await expect.poll(() => pool.idleCount).toBe(pool.totalCount);
  const refused = await Promise.all([ask(GET, "?attr.nosuch=none"), ask(HEAD, "?sort=nosuch", { method: "HEAD" })]);
  expect(refused.map(({ status }) => status)).toEqual([400, 400]);
});

it("ends an export whose request is closed before the file is sent", async () => {
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const request = new AbortController();
    const { status } = await ask(GET, "", { signal: request.signal });
    expect(status).toBe(200);
    request.abort();
  }
  const early = await ask(GET, "", { signal: AbortSignal.abort() });
  expect(early.status).toBe(499);
  await expect.poll(() => pool.idleCount).toBe(pool.totalCount);
});

it("refuses every route about referrals while the feature is off, as pages do", async () => {
  await pool.query("UPDATE campaign SET features = '{}' WHERE application_id = $1", [scope.applicationId]);
  const refused = await Promise.all([ask(GET), ask(HEAD, "", { method: "HEAD" }), ask(choices), ask(sample)]);
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  expect(await refused[0]?.json()).toMatchObject({ code: "feature_off" });
});

it("has links and QR codes where the campaign says what they look like, and else refuses them", async () => {
  const [referral] = (
    await pool.query("SELECT id::text FROM referral WHERE application_id = $1 LIMIT 1", [scope.applicationId])
  ).rows;
  const image = (format: string, referralId = referral.id) =>
    qr(new Request(`http://localhost/qr?format=${format}`), {
      params: Promise.resolve({
        applicationId: String(scope.applicationId),
        campaignId: String(scope.campaignId),
        referralId,
      }),
    });
  const none = await Promise.all([ask(GET, "?format=links"), image("svg")]);
  expect(none.map(({ status }) => status)).toEqual([400, 400]);
  expect(await none[0]?.json()).toMatchObject({ message: expect.stringContaining("below Sharing") });
  await pool.query("UPDATE campaign SET link_pattern = 'https://shop.example/{code}' WHERE application_id = $1", [
    scope.applicationId,
  ]);
  const [svg, png, gone, strange] = await Promise.all([
    image("svg"),
    image("png"),
    image("svg", "999999999"),
    image("svg", "x"),
  ]);
  expect([svg.status, png.status, gone.status, strange.status]).toEqual([200, 200, 404, 404]);
  expect(svg.headers.get("content-type")).toBe("image/svg+xml");
  expect(await svg.text()).toMatch(/^<svg /);
  expect(new Uint8Array(await png.arrayBuffer()).slice(1, 4)).toEqual(new Uint8Array([0x50, 0x4e, 0x47]));
  const links = await ask(GET, "?format=links");
  expect(links.headers.get("content-disposition")).toMatch(/links-.*\.txt"$/);
  expect((await links.text()).split("\n", 1)[0]).toMatch(/^https:\/\/shop\.example\/TEST-/);
});
