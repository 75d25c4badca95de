import { beforeAll, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { listDb, pool } from "@/lib/db";
import { countingOrder, countMatches } from "@/lib/referrals/list/count";
import { wayFrom } from "@/lib/referrals/list/order";
import { makeCampaign } from "@/lib/testing/builders";

let scope: CampaignIds;
const codes = 90_000;

/** Codes whose newest 10,000 have no attributes: of the others every third is gold, and the oldest 9,000 are VIP. */
beforeAll(async () => {
  scope = await makeCampaign();
  await pool.query(
    `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit, origin, created, attributes)
     SELECT $1, $2, c, c, lower(c), 'cust', 1, 'created', now() - interval '1 day' + (n / 1000) * interval '1 second',
       CASE WHEN n > $3 - 10000 THEN '{}'::jsonb WHEN n % 3 = 0 THEN '{"tier": "gold"}' ELSE '{}' END
         || CASE WHEN n <= 9000 THEN '{"vip": true}'::jsonb ELSE '{}' END
     FROM (SELECT n, 'CODE' || lpad(n::text, 6, '0') AS c FROM generate_series(1, $3::int) n) codes ORDER BY n`,
    [scope.applicationId, scope.campaignId, codes],
  );
  await pool.query("VACUUM (ANALYZE) referral");
});

async function counted(attributes: Record<string, { oneOf: (string | boolean)[] }>, largeFrom: number) {
  const within = { ...scope, zone: "UTC", now: new Date() };
  const way = wayFrom("-created", { at: "first" }, "UTC");
  const [row] = await listDb.$queryRaw<[{ n: number; more: boolean; about: number; hits: number }]>(
    countMatches(within, { attributes } as Parameters<typeof countMatches>[1], way, largeFrom),
  );
  return row;
}
const gold = { tier: { oneOf: ["gold"] } };

describe("in a large table", () => {
  it("tells by the sample alone where that leaves no doubt that there are more than are counted", async () => {
    const row = await counted(gold, 0);
    expect(row.more).toBe(true);
    expect(row.n).toBe(0); // not one was counted
    expect(row.about / 26_667).toBeGreaterThan(0.75);
    expect(row.about / 26_667).toBeLessThan(1.25);
  });

  it("counts where there may be fewer, also where they lie side by side", async () => {
    expect(await counted({ vip: { oneOf: [true] } }, 0)).toMatchObject({ n: 9_000, more: false });
  });
});

it("counts up to the bound first in a table that is not large", async () => {
  expect(await counted(gold, 100_000)).toMatchObject({ n: 10_000, more: true });
});

it("is counted in the order whose index tells all that is asked, where one does", () => {
  const within = { applicationId: 1, campaignId: 1, zone: "UTC", now: new Date() };
  const redemptions = { from: 18, to: null };
  expect(countingOrder(within, { redemptions })).toBe("redemptions");
  expect(countingOrder(within, { redemptions, validUntil: "unset" })).toBeNull();
  expect(countingOrder(within, { redemptions, search: "friend" })).toBeNull();
  expect(countingOrder(within, {})).toBeNull();
});
