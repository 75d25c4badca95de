import { beforeAll, describe, expect, it } from "vitest";
import { recordedFields } from "@/lib/codes/sql";
import { db, Prisma, pool } from "@/lib/db";
import { countDrift, makeCampaign } from "@/lib/testing/builders";
import { demoOperations } from "./demo";
import { seedDemo } from "./seed";
import { fillCampaign } from "./seed-large";

const scope = { applicationId: 1, campaignId: 1 };

async function number(query: string): Promise<number> {
  const { rows } = await pool.query<{ n: string }>(query);
  return Number(rows[0]?.n);
}

describe("the demo", () => {
  beforeAll(async () => {
    const seeded = await Promise.all([seedDemo(), seedDemo()]);
    expect(seeded.sort()).toEqual([false, true]);
  });

  it("is there once, with its three campaigns", async () => {
    expect(await seedDemo()).toBe(false);
    const campaigns = await db.campaign.findMany({
      orderBy: { id: "asc" },
      select: { id: true, name: true, features: true, referralCount: true },
    });
    expect(campaigns).toEqual([
      { id: 1, name: "Refer a friend", features: ["referrals"], referralCount: 2000 },
      { id: 2, name: "Autumn sale", features: ["coupons"], referralCount: 0 },
      { id: 3, name: "VIP circle", features: ["referrals"], referralCount: 0 },
    ]);
    expect(await countDrift(scope)).toBe(0);
  });

  it("holds every redemption that its codes count", async () => {
    const drift = `SELECT count(*) AS n FROM referral r WHERE usage_counter <> (
      SELECT count(*) FROM redemption d WHERE d.application_id = r.application_id AND d.referral_id = r.id)`;
    expect(await number(drift)).toBe(0);
    expect(await number("SELECT count(*) AS n FROM redemption WHERE created > now()")).toBe(0);
    expect(await number("SELECT max(usage_counter) AS n FROM referral")).toBe(412);
  });

  it("records every code with the operation that made it, as creating would", async () => {
    const strays = `SELECT count(*) AS n FROM referral r LEFT JOIN change c ON c.application_id = r.application_id AND c.referral_id = r.id
      WHERE c.after IS DISTINCT FROM ${recordedFields(Prisma.sql`r`).sql} OR c.before IS NOT NULL`;
    expect(await number(strays)).toBe(0);
    const miscounted = `SELECT count(*) AS n FROM operation o WHERE changed <> (
      SELECT count(*) FROM change c WHERE c.application_id = o.application_id AND c.operation_id = o.id)`;
    expect(await number(miscounted)).toBe(0);
  });

  it("leaves the next ids free", async () => {
    const application = await db.application.create({ data: { name: "Next", timeZone: "UTC" } });
    expect(application.id).toBe(2);
  });
});

it("fills a campaign with advocates of many scripts, every status and true records", async () => {
  const large = await makeCampaign();
  await fillCampaign(large, 3000);
  const { rows } = await pool.query(
    `SELECT count(*)::int AS codes, count(DISTINCT batch_id)::int > 20 AS batches,
       count(*) FILTER (WHERE advocate_integration_id ~ '[^ -~]')::int > 300 AS scripts,
       bool_or(valid_until < now()) AND bool_or(valid_from > now()) AND bool_or(usage_limit > 0 AND usage_counter = usage_limit) AS statuses,
       sum(usage_counter)::int AS redemptions
     FROM referral WHERE application_id = $1`,
    [large.applicationId],
  );
  const redemptions = await db.redemption.count({ where: { applicationId: large.applicationId } });
  expect(rows).toEqual([{ codes: 3000, batches: true, scripts: true, statuses: true, redemptions }]);
  expect(await countDrift(large)).toBe(0);
});

it("looks the same to everyone at the same moment", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  expect(demoOperations(now)).toEqual(demoOperations(now));
});
