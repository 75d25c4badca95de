import { beforeEach, expect, it } from "vitest";
import { GET as choices } from "@/app/(dashboard)/applications/[applicationId]/campaigns/[campaignId]/referrals/choices/route";
import {
  GET,
  HEAD,
} from "@/app/(dashboard)/applications/[applicationId]/campaigns/[campaignId]/referrals/export/route";
import { GET as sample } from "@/app/(dashboard)/applications/[applicationId]/campaigns/[campaignId]/referrals/import/sample/route";
import type { CampaignIds } from "@/lib/access/scope";
import { pool } from "@/lib/db";
import { makeBatch, makeCampaign } from "@/lib/testing/builders";

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

it("answers HEAD with the headers of GET and exports nothing", async () => {
  const got = await ask(GET);
  await got.body?.cancel();
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const { status, headers } = await ask(HEAD, "", { method: "HEAD" });
    expect(status).toBe(200);
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
