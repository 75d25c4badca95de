import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { advocateKey, searchKey } from "@/lib/codes/folding";
import { db, listDb, Prisma, pool } from "@/lib/db";
import { matchingAll } from "@/lib/referrals/list/filter/conditions";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { type SortOrder, sortOrders } from "@/lib/referrals/list/filter/terms";
import { firstMatches } from "@/lib/referrals/list/find";
import { cursorOf, wayFrom } from "@/lib/referrals/list/order";
import { listReferrals } from "@/lib/referrals/list/queries";
import { type Effort, usualEffort } from "@/lib/referrals/list/question";
import type { ListPage } from "@/lib/referrals/list/search-params";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { inOrder, type KnownReferral, likelyFilters, meets } from "@/lib/testing/oracle";

const now = new Date("2026-11-22T12:00:00Z");
const zone = "Europe/Berlin";
const day = 86_400_000;

/** The same numbers on every run, so that a failure can be looked at again. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Codes of every kind: dates on both sides of now, equal ones, none; every status, origin and type of attribute. */
async function makeVaried(scope: CampaignIds, count: number, batches: string[]): Promise<void> {
  const roll = dice(7);
  const one = <Value>(values: readonly Value[]) => values[roll(values.length)] as Value;
  const moment = () => one([null, new Date(now.getTime() + (roll(200) - 100) * day + roll(3) * 3_600_000)]);
  const attributes = () => ({
    ...(roll(2) && { tier: one(["gold", "silver", "Old Gold", "a,b", "100%_\\"]) }),
    ...(roll(3) === 0 && { vip: roll(2) === 0 }),
    ...(roll(3) === 0 && { points: one([1, 2.5, -3, 7]) }),
    ...(roll(4) === 0 && { tags: one([["gold", "Käse"], ["silver"], [], [1, 2.5]]) }),
    ...(roll(4) === 0 && {
      at: one(["2026-11-01T09:00:00Z", "2026-12-01T00:00:00.5+02:00", "2026-02-30T00:00:00Z", "never"]),
    }),
  });
  const rows = Array.from({ length: count }, (_, n) => {
    const code = `${one(["REF", "ref", "7K", "Q"])}${one(["-", ".", "_", ""])}${n.toString(36).padStart(4, "0")}-${one(["AB", "7kq2", "x"])}`;
    const limit = one([0, 1, 3, 5]);
    const [a, b] = [moment(), moment()];
    const ordered = a && b && a > b ? [b, a] : a && b && a.getTime() === b.getTime() ? [a, null] : [a, b];
    const advocate = one([`cust_${roll(50)}`, `Anna.Müller+${roll(9)}@example.com`, "友だち", "50%_off\\", `crm:${n}`]);
    return {
      code,
      search: searchKey(code),
      advocate,
      folded: advocateKey(code, advocate),
      friend: one([null, null, null, "Bob", `friend-${roll(20)}`]),
      limit,
      counter: roll((limit === 0 ? 6 : limit) + 1),
      from: ordered[0],
      until: ordered[1],
      attributes: attributes(),
      batch: one([null, ...batches]),
      origin: one(["created", "created", "imported", "api"]),
      created: new Date(now.getTime() - roll(90) * day),
    };
  });
  await pool.query(
    `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, advocate_search, friend_integration_id,
       usage_limit, usage_counter, valid_from, valid_until, attributes, batch_id, origin, created)
     SELECT $1, $2, code, code, search, advocate, folded, friend, "limit", counter, "from", until, attributes, batch, origin, created
     FROM jsonb_to_recordset($3::jsonb) AS r (code text, search text, advocate text, folded text, friend text, "limit" int, counter int,
       "from" timestamptz, until timestamptz, attributes jsonb, batch text, origin text, created timestamptz)`,
    [scope.applicationId, scope.campaignId, JSON.stringify(rows)],
  );
}

async function known(scope: CampaignIds): Promise<KnownReferral[]> {
  const rows = await db.referral.findMany({ where: scope });
  return rows.map(({ advocateIntegrationId: advocate, friendIntegrationId: friend, attributes, ...row }) => ({
    ...row,
    advocate,
    friend,
    attributes: attributes as Record<string, unknown>,
  }));
}

/** As `toEqual`, thousands of times a second. */
function same(given: unknown, expected: unknown): void {
  if (JSON.stringify(given) !== JSON.stringify(expected)) expect(given).toEqual(expected);
}

async function emptyBatches(scope: CampaignIds, count: number): Promise<string[]> {
  const made = [];
  for (let n = 0; n < count; n += 1) made.push((await makeBatch(scope, [])).batchId);
  return made;
}

describe("random filters over 5,000 codes", () => {
  let scope: CampaignIds;
  let rows: KnownReferral[];
  let cases: { filter: ReferralFilter; sort: SortOrder; expected: string[] }[];
  beforeAll(async () => {
    scope = await makeCampaign({ timeZone: zone });
    const batches = await emptyBatches(scope, 3);
    await makeVaried(scope, 5000, batches);
    await makeVaried(await makeCampaign(), 500, []);
    await pool.query("ANALYZE referral");
    rows = await known(scope);
    const seed = Date.now();
    const filters = fc.sample(likelyFilters(rows, now), { numRuns: 2000, seed });
    const ordered = sortOrders.map((sort) => ({ sort, rows: inOrder(rows, sort) }));
    cases = filters.map((filter, index) => {
      const { sort, rows: all } = ordered[index % ordered.length] ?? { sort: "-created" as const, rows: [] };
      const expected = all.filter((row) => meets(row, filter, zone, now)).map(({ id }) => String(id));
      return { filter, sort, expected };
    });
  });

  const within = () => ({ ...scope, zone, now });
  const inTens = <Value>(values: Value[]) =>
    Array.from({ length: Math.ceil(values.length / 10) }, (_, index) => values.slice(index * 10, index * 10 + 10));

  it("are of every kind, and most match something", () => {
    expect(new Set(cases.flatMap(({ filter }) => Object.keys(filter))).size).toBe(11);
    expect(cases.filter(({ expected }) => expected.length > 0).length).toBeGreaterThan(800);
    expect(cases.filter(({ expected }) => expected.length > 100).length).toBeGreaterThan(200);
  });

  it("give the same codes as plain JavaScript", async () => {
    for (const some of inTens(cases)) {
      const each = some.map(
        ({ filter }, n) =>
          Prisma.sql`SELECT ${n}::int AS n, array_agg(r.id::text) AS ids FROM referral r WHERE ${matchingAll(within(), filter)}`,
      );
      const answers = await db.$queryRaw<{ n: number; ids: string[] | null }[]>(Prisma.join(each, " UNION ALL "));
      for (const [n, { filter, expected }] of some.entries()) {
        const ids = answers.find((answer) => answer.n === n)?.ids ?? [];
        same({ filter, ids: ids.sort() }, { filter, ids: expected.toSorted() });
      }
    }
  });

  it("and so do two and three attributes beside another condition, which ask the index as one", async () => {
    const [tiers, vips, tags, points] = [["gold", "Old Gold"], [true], ["silver", "Käse"], [1, 2.5]].map((oneOf) => ({
      oneOf,
    }));
    const attributes = [
      { tier: { oneOf: ["gold"] }, vip: vips },
      { tier: tiers, tags },
      { vip: { oneOf: [true, false] }, tags: { oneOf: [2.5] } },
      { tier: { oneOf: ["a,b", "100%_\\"] }, points, vip: { oneOf: [false] } },
      { tier: { oneOf: ['no" || "1" == "1'] }, points },
    ] as NonNullable<ReferralFilter["attributes"]>[];
    const others: ReferralFilter[] = [
      { status: ["used up"] },
      { batch: "unset" },
      { redemptions: { from: 2, to: null } },
      { origin: ["created", "api"] },
      {},
    ];
    let matched = 0;
    for (const filter of attributes.flatMap((asked) => others.map((other) => ({ ...other, attributes: asked })))) {
      const expected = rows.filter((row) => meets(row, filter, zone, now)).map(({ id }) => String(id));
      const found = await db.$queryRaw<
        { id: bigint }[]
      >`SELECT r.id FROM referral r WHERE ${matchingAll(within(), filter)}`;
      same({ filter, ids: found.map(({ id }) => String(id)).sort() }, { filter, ids: expected.sort() });
      matched += expected.length > 0 ? 1 : 0;
    }
    expect(matched).toBeGreaterThan(15);
  });

  // Small numbers send the same questions down every branch: enough by a seek, by a longer one or not even then, gathered, walked.
  const never = { times: 1, part: 0, luck: 0 };
  const shortly = (gatherCost: number, further: Effort["further"] = never): Effort => ({
    exact: { seek: 40, gatherCost },
    broad: { seek: 200, gatherCost },
    inIndex: { seek: 90, gatherCost },
    further,
  });
  const further = shortly(1e-9, { times: 3, part: 1e12, luck: 1e9 });
  const inVain = shortly(1e-9, { times: 0.4, part: 1e12, luck: 1e9 });
  const efforts: [string, Effort, number?][] = [
    ["as usual", usualEffort],
    ["gathering what a seek misses", shortly(0)],
    ["walking to what a seek misses", shortly(1e9)],
    ["seeking further", further, 500],
    ["seeking further in vain", inVain, 500],
  ];
  it.each(efforts)("give the same first page in every order, %s", async (_, effort, most = cases.length) => {
    for (const some of inTens(cases.slice(0, most))) {
      const answers = await Promise.all(
        some.map(({ filter, sort }) => {
          const way = wayFrom(sort, { at: "first" }, zone);
          return listDb.$queryRaw<
            { id: bigint }[]
          >`WITH ${firstMatches(within(), filter, way, 30, effort)} SELECT id FROM page ORDER BY ${way.order}`;
        }),
      );
      for (const [n, { filter, sort, expected }] of some.entries()) {
        const ids = answers[n]?.map(({ id }) => String(id));
        same({ filter, sort, ids }, { filter, sort, ids: expected.slice(0, 30) });
      }
    }
  });

  it.each([
    ["is enough", further, { sought: true, reached: true }],
    ["is not enough", inVain, { sought: true, reached: false }],
    ["is not worth trying", usualEffort, { sought: false, reached: false }],
  ])("are sought further where that %s", async (_, effort, expected) => {
    const way = wayFrom("-created", { at: "first" }, zone);
    const gold: ReferralFilter = { attributes: { tier: { oneOf: ["gold"] } } };
    const [found] = (await listDb.$queryRaw`WITH ${firstMatches(within(), gold, way, 30, effort)}
      SELECT coalesce((SELECT further FROM list_choice), 0) > 0 AS sought, (SELECT reached FROM list_reached) AS reached`) as object[];
    expect(found).toEqual(expected);
  });

  it("give the rest of the list after any of its codes, and before it, in every order", async () => {
    const walked = cases.filter(({ expected }) => expected.length > 60).slice(0, 300);
    const byId = new Map(rows.map((row) => [String(row.id), row]));
    for (const some of inTens(walked)) {
      await Promise.all(
        some.map(async ({ filter, sort, expected }, n) => {
          const at = (n * 17) % expected.length;
          const cursor = cursorOf(byId.get(expected[at] ?? "") as KnownReferral, sort);
          const read = async (page: ListPage) => {
            const asked = { filter, sort, zone, now };
            return (await listReferrals(admitted(scope), asked, page, 25)).rows.map(({ id }) => String(id));
          };
          const after = expected.slice(at + 1, at + 26);
          const before = at < 25 ? expected.slice(0, 25) : expected.slice(at - 25, at);
          if (after.length > 0)
            same({ filter, sort, ids: await read({ at: "after", cursor }) }, { filter, sort, ids: after });
          same({ filter, sort, ids: await read({ at: "before", cursor }) }, { filter, sort, ids: before });
          same({ filter, sort, ids: await read({ at: "last" }) }, { filter, sort, ids: expected.slice(-25) });
        }),
      );
    }
  });
});

describe("walking all pages while codes come, change and go", () => {
  let scope: CampaignIds;
  let batches: string[];
  beforeAll(async () => {
    scope = await makeCampaign({ timeZone: zone });
    batches = await emptyBatches(scope, 1);
    await makeVaried(scope, 900, batches);
  });

  it.each(sortOrders)("shows every untouched code once, by %s", async (sort) => {
    const all = (await known(scope)).map(({ id }) => id);
    const touched = new Set(all.filter((_, index) => index % 3 === 0));
    const untouched = all.filter((id) => !touched.has(id)).map(String);
    for (const [way, edge] of [
      ["after", "first"],
      ["before", "last"],
    ] as const) {
      const left = [...touched];
      const seen: string[] = [];
      let page: ListPage | null = { at: edge };
      for (let turn = 0; page !== null; turn += 1) {
        const asked = { filter: {}, sort, zone, now };
        const shown = await listReferrals(admitted(scope), asked, page, 50);
        // going back ends with the first page as a whole, which shows some codes again
        const fresh =
          shown.page.at === "first" && way === "before"
            ? shown.rows.filter(({ id }) => !seen.includes(String(id)))
            : shown.rows;
        seen.push(...fresh.map(({ id }) => String(id)));
        const beside = way === "after" ? shown.rows.at(-1) : shown.rows.at(0);
        page =
          beside && (way === "after" ? shown.hasNext : shown.hasPrevious)
            ? { at: way, cursor: cursorOf(beside, sort) }
            : null;
        await pool.query(
          `UPDATE referral SET valid_from = $2, valid_until = $3, usage_limit = 0, usage_counter = usage_counter + 1 WHERE id = ANY($1::bigint[])`,
          [
            left.slice(turn * 7, turn * 7 + 7),
            turn % 2 ? null : now,
            turn % 3 ? null : new Date(now.getTime() + (turn + 1) * day),
          ],
        );
        await makeBatch(scope, [{ code: `${sort}-${way}-${turn}` }, { code: `A${sort}.${way}.${turn}` }]);
      }
      const times = new Map<string, number>();
      for (const id of seen) times.set(id, (times.get(id) ?? 0) + 1);
      expect(untouched.filter((id) => times.get(id) !== 1)).toEqual([]);
    }
  });
});
