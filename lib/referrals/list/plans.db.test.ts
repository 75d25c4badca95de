import { beforeAll, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { bulkTransaction, type db, listDb, Prisma, pool } from "@/lib/db";
import { deletedRows } from "@/lib/operations/delete";
import { editedRows } from "@/lib/operations/edit";
import { editChangesField, type Selection } from "@/lib/operations/schema";
import { countMatches } from "@/lib/referrals/list/count";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { type SortOrder, sortOrders } from "@/lib/referrals/list/filter/terms";
import { firstMatches } from "@/lib/referrals/list/find";
import { wayFrom } from "@/lib/referrals/list/order";
import { countReferrals, listReferrals } from "@/lib/referrals/list/queries";
import type { ListPage } from "@/lib/referrals/list/search-params";
import { chooseReferrals } from "@/lib/selections/commands";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";

let scope: CampaignIds;
let batchId: string;
let filters: ReferralFilter[];
let selectionId: string;
const zone = "Europe/Berlin";
const now = new Date();

beforeAll(async () => {
  scope = await makeCampaign({ timeZone: zone });
  ({ batchId } = await makeBatch(scope, []));
  // The planner knows nothing of these rows: it was told before they came.
  await pool.query("ANALYZE referral");
  const fill = Prisma.sql`INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit,
       usage_counter, valid_from, valid_until, attributes, batch_id, origin, created)
     SELECT ${scope.applicationId}, ${scope.campaignId}, c, c, lower(replace(c, '-', '')), 'customer-' || n % 50000, 5, n % 6, CASE n % 4 WHEN 0 THEN now() + n * interval '1 second' END,
       CASE n % 3 WHEN 0 THEN now() + (n - 100000) * interval '1 minute' + interval '1 year' END, jsonb_build_object('tier', n % 7, 'note', 'n' || n),
       CASE WHEN n > 190000 THEN ${batchId} END, CASE n % 5 WHEN 0 THEN 'imported' ELSE 'created' END, now() - n * interval '1 minute'
     FROM (SELECT n, 'REF-' || upper(substr(md5(n::text), 1, 12)) AS c FROM generate_series(1, 200000) n) codes`;
  await bulkTransaction((tx) => tx.$executeRaw(fill));
  const choice = await chooseReferrals(admitted(scope), {
    chosen: { by: "filter", filter: { search: "7a" }, all: false },
  });
  const half = await chooseReferrals(admitted(scope), {
    chosen: { by: "filter", filter: { redemptions: { from: 3, to: null } }, all: false },
  });
  selectionId = half.selectionId ?? "";
  const range = { from: "2026-01-01", to: "2027-01-31" };
  filters = [
    {},
    { search: "7k2" },
    { search: "a" },
    { search: "customer-77" },
    { search: batchId },
    { search: "ref", status: ["used up"] },
    ...(["active", "scheduled", "expired", "used up"] as const).map((status) => ({ status: [status] })),
    { status: ["expired", "scheduled"] },
    { created: range },
    { validFrom: range },
    { validUntil: range },
    { validFrom: "unset" },
    { validUntil: "set" },
    { advocate: { is: "customer-7" } },
    { advocate: { contains: "r-77" } },
    { advocate: { contains: "-" } },
    { friend: "set" },
    { friend: "unset" },
    { friend: { is: "bob" } },
    { friend: { contains: "bob" } },
    { batch: batchId },
    { batch: "unset" },
    { batch: "set" },
    { origin: ["imported"] },
    { origin: ["api"] },
    ...(["none", "some", "usable", "used up"] as const).map((redemptions) => ({ redemptions })),
    { redemptions: { from: 5, to: 9 } },
    ...[
      { oneOf: [3] },
      { oneOf: ["n77", "n78"] },
      { contains: "n7" },
      { numbers: { from: 6, to: null } },
      { times: range },
      "set" as const,
      "unset" as const,
    ].map((tier) => ({ attributes: { tier } })),
    { selection: choice.selectionId ?? "" },
    { selection: selectionId, status: ["active"], origin: ["created"] },
    { created: range, batch: batchId, attributes: { tier: { oneOf: [1] } } },
  ];
});

async function explained(client: Pick<typeof db, "$queryRaw">, query: Prisma.Sql): Promise<string> {
  const lines = await client.$queryRaw<{ "QUERY PLAN": string }[]>`EXPLAIN ${query}`;
  return lines.map((line) => line["QUERY PLAN"]).join("\n");
}
const scansAll = /Seq Scan on referral\b/;

describe("at 200,000 codes that the planner has not heard of", () => {
  it.each(sortOrders)("no list, search or count reads the table from end to end, by %s", async (sort: SortOrder) => {
    const bad: object[] = [];
    const within = { ...scope, zone, now };
    const pages: ListPage[] = [{ at: "first" }, { at: "last" }];
    for (const filter of filters) {
      for (const page of pages) {
        const way = wayFrom(sort, page, zone);
        const list = await explained(
          listDb,
          Prisma.sql`WITH ${firstMatches(within, filter, way, 51)} SELECT * FROM page`,
        );
        if (scansAll.test(list)) bad.push({ filter, page, list });
        const count = await explained(listDb, countMatches(within, filter, way));
        if (scansAll.test(count)) bad.push({ filter, page, count });
      }
    }
    expect(bad).toEqual([]);
  });

  it("no plan of an operation does", async () => {
    const bad: object[] = [];
    const changes = editChangesField.parse({ usageLimit: { do: "set", value: 9 } });
    const selections: Selection[] = [
      { by: "batch", batchId },
      { by: "selection", selectionId },
      { by: "ids", ids: ["1", "2"] },
    ];
    for (const selection of selections) {
      for (const stretch of [
        { after: null, limit: null },
        { after: 100_000n, limit: 10_000 },
      ]) {
        const verbs = [editedRows(scope, selection, changes, zone), deletedRows(scope, selection, false)];
        for (const rows of verbs) {
          const plan = await bulkTransaction(async (tx) => {
            await tx.$executeRaw`SET LOCAL enable_nestloop = off`;
            return explained(tx, rows(stretch));
          });
          if (scansAll.test(plan)) bad.push({ selection, stretch, plan });
        }
      }
    }
    expect(bad).toEqual([]);
  });

  it("every filter and order takes one statement for its rows and one for its counts", async () => {
    let statements = 0;
    listDb.$on("query", () => {
      statements += 1;
    });
    for (const [index, filter] of filters.entries()) {
      const asked = { filter, sort: sortOrders[index % sortOrders.length] ?? "-created", zone, now };
      statements = 0;
      const showing = listReferrals(admitted(scope), asked, { at: "first" }, 50);
      await countReferrals(admitted(scope), asked, { at: "first" }, showing);
      await expect.poll(() => ({ filter, statements })).toEqual({ filter, statements: 2 });
    }
  });
});
