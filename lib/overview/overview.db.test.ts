import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { countByStatus, countStatuses } from "@/lib/codes/counts";
import { statusOf } from "@/lib/codes/status";
import { db, listDb, Prisma, pool } from "@/lib/db";
import { listRedemptions } from "@/lib/redemptions/list";
import { readRedemptions } from "@/lib/redemptions/search-params";
import { countFound, listReferrals } from "@/lib/referrals/list/queries";
import { readReferralList } from "@/lib/referrals/list/read";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { sweep, workOnce } from "@/lib/testing/work";
import { findBest } from "./best";
import { overTimeCsv } from "./csv";
import { attentions, overviewLinks } from "./links";
import { countOverTime } from "./over-time";
import { instantsOf, type OverviewRange, type Period, readRange } from "./range";
import { redemptionTrends } from "./trends";

const zone = "Asia/Kathmandu"; // quarters of an hour away from all others
const now = new Date("2026-11-28T12:34:00Z");
const day = 86_400_000;
const [codeCount, redemptionCount] = [260, 900];
let scope: CampaignIds;
/** The Batch ID of the one batch that has a name. */
let named: string;

/** Numbers from 0 to 1 that are the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A campaign whose codes and redemptions lie anywhere in the last 200 days, some in tallies and some newer, some deleted or taken back. */
beforeAll(async () => {
  scope = await makeCampaign({ timeZone: zone });
  const random = randomNumbers(7);
  const some = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value;
  const moment = (from: number, to: number) =>
    new Date(now.getTime() + Math.round((from + random() * (to - from)) * day));
  const batches = [await makeBatch(scope, [{ usageLimit: 0 }]), await makeBatch(scope, [{ usageLimit: 0 }])];
  await db.referral.deleteMany({ where: scope });
  named = batches[0]?.batchId ?? "";
  await db.batch.updateMany({ where: { batchId: named }, data: { name: "Influencers", nameKey: "influencers" } });
  const redeemedOf = Array.from({ length: codeCount }, () => (random() < 0.4 ? 0 : Math.floor(random() ** 3 * 20)));
  await db.referral.createMany({
    data: redeemedOf.map((usageCounter, index) => ({
      ...scope,
      code: `CODE-${index}`,
      codeKey: `CODE-${index}`,
      codeSearch: `code${index}`,
      advocateIntegrationId: `advocate ${Math.floor(random() ** 2 * 12)}`,
      origin: "created",
      usageCounter,
      usageLimit: some([
        0,
        Math.max(1, usageCounter),
        usageCounter + 1,
        usageCounter + 3,
        Math.ceil(usageCounter * 1.25) + 1,
      ]),
      ...some([
        { validFrom: null, validUntil: some([null, moment(-10, 0), moment(4, 9), moment(9, 40)]) },
        { validFrom: moment(-300, -250), validUntil: some([null, moment(-10, 0), moment(1, 9)]) },
        { validFrom: moment(1, 3), validUntil: some([null, moment(4, 40)]) },
      ]),
      batchId: some([null, ...batches.map(({ batchId }) => batchId)]),
      created: moment(-200, 0),
    })),
  });
  const codes = await db.referral.findMany({ where: scope, select: { id: true, code: true, usageCounter: true } });
  const redeem = (count: number, from: number, takenBack: boolean) =>
    db.redemption.createMany({
      data: Array.from({ length: count }, () => {
        const { id: referralId, code } = some(codes);
        const friend = `friend ${random()}`;
        return {
          ...{ ...scope, referralId, code, created: moment(from, 0), takenBack, held: [] },
          ...{ friendIntegrationId: friend, sessionIntegrationId: friend },
        };
      }),
    });
  await redeem(redemptionCount, -200, false);
  await redeem(60, -200, true);
  await sweep(); // noted
  await sweep(); // tallied
  await pool.query(
    "UPDATE redemption SET taken_back = true WHERE id IN (SELECT id FROM redemption WHERE application_id = $1 AND NOT taken_back ORDER BY id % 17, id LIMIT 70)",
    [scope.applicationId],
  );
  await redeem(120, -40, false); // newer than the tallies, though not all of them later
  await redeem(15, -40, true);
  await db.referral.deleteMany({ where: { ...scope, id: { in: codes.slice(0, 25).map(({ id }) => id) } } });
  await pool.query("VACUUM (ANALYZE) referral, redeemed, redemption, code_tally, redemption_tally");
});

const made = async (period: Period) => {
  const { from, to } = instantsOf(period, zone);
  return db.referral.count({ where: { ...scope, created: { gte: from, lt: to } } });
};
const redeemedIn = async (period: Period) => {
  const { from, to } = instantsOf(period, zone);
  return db.redemption.count({ where: { ...scope, amount: 1, takenBack: false, created: { gte: from, lt: to } } });
};
const links = () => overviewLinks(scope, zone);
const paramsOf = (href: string) => new URL(href, "http://x").searchParams;

/** How many rows the page of redemptions has behind a link. */
async function redemptionsBehind(href: string): Promise<number> {
  const { range, notes } = readRedemptions(Object.fromEntries(paramsOf(href)), now);
  expect(notes).toEqual([]);
  if (!range) throw new Error(`${href} asks for nothing`);
  return (await listRedemptions(admitted(scope), { ...range, before: null, size: 5_000 })).rows.length;
}

/** How many codes the list has behind a link. */
async function codesBehind(href: string): Promise<number> {
  const { filter, list, refusals, notes } = readReferralList(paramsOf(href));
  expect([refusals, notes]).toEqual([[], []]);
  if (!filter) throw new Error(`${href} asks for nothing`);
  const asked = { filter, sort: list.sort, zone, now };
  const page = await listReferrals(admitted(scope), asked, { at: "first" }, 5_000);
  expect(await countFound(admitted(scope), asked)).toEqual({ count: page.rows.length, is: "exact" });
  return page.rows.length;
}

const someRange: fc.Arbitrary<OverviewRange> = fc
  .tuple(
    fc.nat(400),
    fc.nat(200),
    fc.constantFrom("day", "week", "month"),
    fc.constantFrom("", "7d", "30d", "90d", "year"),
  )
  .map(([ago, days, by, name]) => {
    const from = new Date(now.getTime() - ago * day).toISOString().slice(0, 10);
    const to = new Date(now.getTime() - Math.max(0, ago - days) * day).toISOString().slice(0, 10);
    return readRange(new URLSearchParams(name ? { range: name, by } : { from, to, by }), now, zone).range;
  });

describe("the figures of an overview are what plain SQL counts, and as many as their links show", () => {
  it("over time, in every range and step", async () => {
    await fc.assert(
      fc.asyncProperty(someRange, fc.nat(1000), async (range, chosen) => {
        const { steps, now: all, before } = await countOverTime(admitted(scope), range, zone);
        expect(steps).toHaveLength(range.steps.length);
        expect(all).toEqual({ codes: await made(range.period), redemptions: await redeemedIn(range.period) });
        expect(before).toEqual({ codes: await made(range.before), redemptions: await redeemedIn(range.before) });
        const [step, counted] = [range.steps[chosen % steps.length], steps[chosen % steps.length]];
        if (!step || !counted) throw new Error("there is a step");
        for (const [period, figure] of [
          [step.period, counted.now],
          [step.before, counted.before],
        ] as const) {
          expect(figure).toEqual({ codes: await made(period), redemptions: await redeemedIn(period) });
          expect(await codesBehind(links().made(period))).toBe(figure.codes);
          expect(await redemptionsBehind(links().redeemed(period))).toBe(figure.redemptions);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("is all there is, in the largest range", async () => {
    const { range } = readRange(new URLSearchParams("range=year"), now, zone);
    const { now: all } = await countOverTime(admitted(scope), range, zone);
    expect(all).toEqual({ codes: codeCount - 25, redemptions: redemptionCount - 70 + 120 });
  });

  it("by status", async () => {
    const { redemptions: _, ...counted } = await countByStatus(admitted(scope), Prisma.sql`true`, now);
    expect(Object.values(counted).every((n) => n > 5)).toBe(true);
    expect(await countStatuses(admitted(scope), now)).toEqual(counted);
    expect(await codesBehind(links().codes({ status: ["used up"] }))).toBe(counted.usedUp);
  });

  it("of the best advocates and batches", async () => {
    await fc.assert(
      fc.asyncProperty(someRange, async (range) => {
        const { from, to } = instantsOf(range.period, zone);
        const best = await findBest(admitted(scope), { from, to });
        expect([best.isWhole, best.since]).toEqual([true, from]);
        const { rows } = await pool.query(
          `SELECT coalesce(r.advocate_integration_id, d.advocate_integration_id) AS advocate, r.batch_id AS batch
           FROM redemption d LEFT JOIN referral r ON r.application_id = d.application_id AND r.id = d.referral_id
           WHERE d.application_id = $1 AND d.campaign_id = $2 AND d.amount = 1 AND NOT d.taken_back AND d.created >= $3 AND d.created < $4`,
          [scope.applicationId, scope.campaignId, from, to],
        );
        for (const [key, told] of [
          ["advocate", best.advocates],
          ["batch", best.batches],
        ] as const) {
          const counts = new Map<string, number>();
          for (const row of rows) if (row[key] !== null) counts.set(row[key], (counts.get(row[key]) ?? 0) + 1);
          const expected = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 5);
          expect(told.map(({ id, redemptions }) => [id, redemptions])).toEqual(expected);
          for (const { id, name, redemptions } of told) {
            expect(name).toBe(id === named ? "Influencers" : "");
            expect(await redemptionsBehind(links().redemptions({ from, to, [key]: id }))).toBe(redemptions);
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it("of codes that expire soon, and of those that are nearly used up", async () => {
    const rows = await db.referral.findMany({ where: scope });
    const usable = rows.filter((row) => ["active", "scheduled"].includes(statusOf(row, now)));
    const within = (days: number) => {
      const { to } = instantsOf(
        { from: "2026-11-28", to: new Date(now.getTime() + days * day).toISOString().slice(0, 10) },
        zone,
      );
      return usable.filter(({ validUntil }) => validUntil && validUntil <= to).length;
    };
    const nearly = usable.filter(
      ({ usageLimit, usageCounter }) =>
        usageLimit > 1 && (usageLimit - usageCounter === 1 || usageCounter / usageLimit >= 0.8),
    ).length;
    const expected = { week: within(7), month: within(30), nearly };
    expect(Math.min(...Object.values(expected))).toBeGreaterThan(3);
    for (const { key, filter, sort } of attentions(now, zone)) {
      expect(await countFound(admitted(scope), { filter, sort, zone, now })).toEqual({
        count: expected[key],
        is: "exact",
      });
      expect(await codesBehind(links().codes(filter, sort))).toBe(expected[key]);
    }
  });

  it("of all campaigns of an application, by one statement however many there are", async () => {
    const others = await db.campaign.createManyAndReturn({
      data: Array.from({ length: 99 }, (_, index) => ({ applicationId: scope.applicationId, name: `Other ${index}` })),
    });
    await db.redemption.create({
      data: {
        ...{ ...scope, campaignId: others[5]?.id ?? 0, referralId: 1n, code: "CODE", held: [], created: now },
        ...{ friendIntegrationId: "of another", sessionIntegrationId: "of another" },
      },
    });
    let statements = 0;
    (listDb as unknown as { $on(event: "query", heard: () => void): void }).$on("query", () => {
      statements += 1;
    });
    const { from, to, trends } = await redemptionTrends(admitted(scope), now, zone);
    expect(statements).toBe(1);
    const trend = trends.get(scope.campaignId);
    expect(trend?.total).toBe(await redemptionsBehind(links().redemptions({ from, to })));
    expect(trend?.days).toHaveLength(30);
    expect(trend?.days.at(-1)).toBe(await redeemedIn({ from: "2026-11-28", to: "2026-11-28" }));
    expect(trends.get(others[5]?.id ?? 0)).toMatchObject({ total: 1 });
    expect(trends.size).toBe(2);
  });

  it("as CSV, a line a step", async () => {
    const { range } = readRange(new URLSearchParams("range=7d"), now, zone);
    const counted = await countOverTime(admitted(scope), range, zone);
    const [header = "", ...lines] = overTimeCsv(range, counted, zone).split("\r\n");
    expect(header).toBe(
      "from (Asia/Kathmandu),through,codes made,redemptions,before: from,before: through,before: codes made,before: redemptions",
    );
    expect(lines).toHaveLength(8); // the last one ends
    const { now: last, before } = counted.steps[6] ?? {};
    expect(lines[6]).toBe(
      `2026-11-28,2026-11-28,${last?.codes},${last?.redemptions},2026-11-21,2026-11-21T18:29,${before?.codes},${before?.redemptions}`,
    );
  });
});

it("codes from before there were tallies are counted all the same, and tallied in the background", async () => {
  const { range } = readRange(new URLSearchParams("range=year"), now, zone);
  const counted = await countOverTime(admitted(scope), range, zone);
  await pool.query("DELETE FROM code_tally WHERE application_id = $1", [scope.applicationId]);
  await pool.query("UPDATE campaign SET tallied = false WHERE application_id = $1", [scope.applicationId]);
  expect(await countOverTime(admitted(scope), range, zone)).toEqual(counted);
  await pool.query("INSERT INTO background_migration (name) VALUES ('20261128235200_tallies') ON CONFLICT DO NOTHING");
  while (await workOnce("worker"));
  expect(await db.campaign.count({ where: { applicationId: scope.applicationId, tallied: false } })).toBe(0);
  expect(await countOverTime(admitted(scope), range, zone)).toEqual(counted);
});
