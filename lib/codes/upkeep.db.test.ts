import { beforeAll, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { linesAtOnce } from "@/lib/imports/background";
import { makeCampaign, makeLargeBatch } from "@/lib/testing/builders";
import { create, makeTwoCampaigns, many, scope as own } from "@/lib/testing/creations";
import { sweep, workOnce } from "@/lib/testing/work";

// An application of which the statistics know nothing, beside a large one that they know: a tenth of all codes has not changed since.
beforeAll(async () => {
  await pool.query("ALTER TABLE referral SET (autovacuum_enabled = off)");
  await makeLargeBatch(await makeCampaign(), 60_000);
  await pool.query("VACUUM (ANALYZE) referral");
});

async function isKnown({ applicationId }: CampaignIds): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT $1 = ANY (most_common_vals::text::int[]) AS known FROM pg_stats WHERE tablename = 'referral' AND attname = 'application_id'`,
    [applicationId],
  );
  return rows[0].known;
}

/** When the table was last looked at. */
async function analysed(): Promise<string> {
  const { rows } = await pool.query(
    "SELECT last_analyze::text AS at FROM pg_stat_user_tables WHERE relname = 'referral'",
  );
  return rows[0].at;
}

it("is learned by the next sweep, and once is enough", async () => {
  const scope = await makeCampaign();
  await makeLargeBatch(scope, 3000);
  expect(await isKnown(scope)).toBe(false);
  await sweep();
  expect(await isKnown(scope)).toBe(true);
  const before = await analysed();
  await sweep();
  expect(await analysed()).toBe(before);
});

it("is learned right after codes were made for many advocates", async () => {
  await makeTwoCampaigns();
  await create(many(1500));
  await expect.poll(() => isKnown(own)).toBe(true);
});

it("is learned while its codes are made in the background", async () => {
  await makeTwoCampaigns();
  await create(many(4 * linesAtOnce + 1, "#####-#####"));
  let left = 2;
  await workOnce("brief", () => left-- === 0);
  await expect.poll(() => isKnown(own)).toBe(true);
  expect(await db.operation.count({ where: { ...own, state: "running" } })).toBe(1);
});

it("is left alone while it has few codes", async () => {
  const scope = await makeCampaign();
  await makeLargeBatch(scope, 900);
  const before = await analysed();
  await sweep();
  expect(await analysed()).toBe(before);
});

it("is known where there are more than the common values tell of", async () => {
  await pool.query("ALTER TABLE referral ALTER COLUMN application_id SET STATISTICS 5");
  const scopes: CampaignIds[] = [];
  for (let nth = 0; nth < 12; nth += 1) {
    const scope = await makeCampaign();
    await makeLargeBatch(scope, 1100);
    scopes.push(scope);
  }
  await pool.query("ANALYZE referral");
  const known = await Promise.all(scopes.map(isKnown));
  expect(known.filter((one) => !one).length).toBeGreaterThan(3);
  const before = await analysed();
  await sweep();
  expect(await analysed()).toBe(before);
});
