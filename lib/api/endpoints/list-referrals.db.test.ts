import type { Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { searchKey } from "@/lib/codes/folding";
import { db, pool } from "@/lib/db";
import { caller, keyFor, startApi } from "@/lib/testing/api";
import { makeBatch, makeCampaign, type TestCode } from "@/lib/testing/builders";

interface Listed {
  id: number;
  created: string;
  code: string;
  advocateProfileIntegrationId: string;
  usageLimit: number;
  usageCounter: number;
  startDate?: string;
  expiryDate?: string;
}
interface Page {
  data: Listed[];
  hasMore?: boolean;
  totalResultSize?: number;
}

let server: Server;
let address = "";
let scope: CampaignIds;
let ask: ReturnType<typeof caller>;
let all: Listed[] = [];

const words = ["SUMMER-A1", "sümmer.b2", "XAB-123", "xab%124", "İSTANBUL", "ΟΔΟΣ-9", "_____1", "ABCD"];
beforeAll(async () => {
  ({ server, address } = await startApi());
  scope = await makeCampaign();
  ask = caller(address, `ManagementKey-v1 ${await keyFor(scope.applicationId, "management")}`);
  const dates = [null, "2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z", "2021-05-05T05:05:05.005Z"];
  const codes = Array.from({ length: 120 }, (_, n): TestCode => {
    const [from, until] = [dates[n % 4] ?? null, dates[(n >> 2) % 4] ?? null];
    const limit = [0, 1, 3, 10][n % 4] ?? 0;
    return {
      code: `${words[n % words.length]}-${n}`,
      usageLimit: limit,
      usageCounter: n % 3 === 0 ? Math.min(limit || 2, 2) : 0,
      validFrom: from && until && from >= until ? null : from,
      validUntil: until,
    };
  });
  await makeBatch(scope, codes);
  // moments that several share, a millisecond apart
  await pool.query(
    "UPDATE referral SET created = timestamptz '2026-01-01 00:00:00.5Z' + make_interval(secs => (id % 7) / 1000.0) WHERE application_id = $1",
    [scope.applicationId],
  );
  await makeBatch(await makeCampaign(), [{}]);
  const sibling = await db.campaign.create({
    data: { applicationId: scope.applicationId, name: "B", features: ["referrals"] },
  });
  await makeBatch({ ...scope, campaignId: sibling.id }, [{ code: "SIBLING" }]);
  all = (await list("pageSize=1000")).data;
});
afterAll(() => server.close());

const path = ({ applicationId, campaignId } = scope) =>
  `/v1/applications/${applicationId}/campaigns/${campaignId}/referrals`;
async function list(query: string, counted = false): Promise<Page> {
  const { status, body, text } = await ask("GET", `${path()}${counted ? "" : "/no_total"}?${query}`);
  expect([query, status, status === 200 ? "" : text]).toEqual([query, 200, ""]);
  return body as Page;
}
const codesOf = ({ data }: Page) => data.map(({ code }) => code);

const time = (text: string | undefined) => (text === undefined ? null : Date.parse(text));
const places: Record<string, (one: Listed) => string | number | null> = {
  id: (one) => one.id,
  created: (one) => time(one.created),
  code: (one) => one.code,
  startDate: (one) => time(one.startDate),
  expiryDate: (one) => time(one.expiryDate),
  usageCounter: (one) => one.usageCounter,
  usageLimit: (one) => one.usageLimit,
};
function ordered(rows: Listed[], sort: string): string[] {
  const [place, falls] = [places[sort.replace("-", "")], sort.startsWith("-")];
  const compare = (a: string | number, b: string | number) =>
    (typeof a === "string" ? Buffer.compare(Buffer.from(a), Buffer.from(String(b))) : a - Number(b)) * (falls ? -1 : 1);
  return rows
    .toSorted((a, b) => {
      const [one, other] = [place?.(a) ?? null, place?.(b) ?? null];
      if (one === null || other === null) return Number(one === null) - Number(other === null) || compare(a.id, b.id);
      return compare(one, other) || compare(a.id, b.id);
    })
    .map(({ code }) => code);
}

const sorts = Object.keys(places).flatMap((name) => [name, `-${name}`]);
const filters: Record<string, (one: Listed) => boolean> = {
  "": () => true,
  "code=summer": (one) => searchKey(one.code).includes("summer"),
  "code=AB%2012": (one) => searchKey(one.code).includes("ab12"),
  "code=m": (one) => searchKey(one.code).includes("m"),
  "code=9": (one) => searchKey(one.code).includes("9"),
  "code=%CE%BF%CE%B4%CE%BF%CF%83": (one) => one.code.startsWith("ΟΔΟΣ"),
  "code=%25_": () => true,
  "code=zzz": () => false,
  "valid=expired": (one) => (time(one.expiryDate) ?? Number.POSITIVE_INFINITY) <= Date.now(),
  "valid=validFuture": (one) => (time(one.startDate) ?? 0) > Date.now(),
  "valid=validNow": (one) =>
    (time(one.startDate) ?? 0) <= Date.now() && (time(one.expiryDate) ?? Number.POSITIVE_INFINITY) > Date.now(),
  "usable=true": (one) => one.usageLimit === 0 || one.usageCounter < one.usageLimit,
  "usable=false": (one) => one.usageLimit > 0 && one.usageCounter >= one.usageLimit,
  "createdAfter=2026-01-01T00:00:00.503Z": (one) => (time(one.created) ?? 0) > Date.parse("2026-01-01T00:00:00.503Z"),
  "createdBefore=2026-01-01T01:00:00.503%2B01:00": (one) =>
    (time(one.created) ?? 0) < Date.parse("2026-01-01T00:00:00.503Z"),
  "createdAfter=2026-01-01T00:00:00.502Z&createdBefore=2026-01-01T00:00:00.504Z": (one) =>
    time(one.created) === Date.parse("2026-01-01T00:00:00.503Z"),
  "advocate=cust_3": (one) => one.advocateProfileIntegrationId === "cust_3",
  "advocate=CUST_3": () => false,
  "valid=validNow&usable=true&code=ab": (one) =>
    (time(one.startDate) ?? 0) <= Date.now() &&
    (time(one.expiryDate) ?? Number.POSITIVE_INFINITY) > Date.now() &&
    (one.usageLimit === 0 || one.usageCounter < one.usageLimit) &&
    searchKey(one.code).includes("ab"),
};

describe("a list", () => {
  it("comes newest first, whole, and only of its campaign", async () => {
    expect(all).toHaveLength(120);
    expect(codesOf({ data: all })).toEqual(ordered(all, "-created"));
    const { data, hasMore } = await list("");
    expect([data, hasMore]).toEqual([all, false]);
    expect(await list("", true)).toEqual({ totalResultSize: 120, data: all });
  });

  it.each(sorts)("by %s gives every code once, page by page, under every filter", async (sort) => {
    for (const [query, meets] of Object.entries(filters)) {
      const wanted = ordered(all.filter(meets), sort);
      const whole = await list(`${query}&sort=${sort}`, true);
      expect([query, codesOf(whole), whole.totalResultSize]).toEqual([query, wanted, wanted.length]);
      const seen: string[] = [];
      for (let page: Page = { data: [], hasMore: true }; page.hasMore; seen.push(...codesOf(page))) {
        page = await list(`${query}&sort=${sort}&pageSize=50&skip=${seen.length}`);
        expect(page.hasMore).toBe(seen.length + page.data.length < wanted.length);
      }
      expect([query, seen]).toEqual([query, wanted]);
    }
  });

  it("is empty beyond its end, and still counted", async () => {
    for (const query of ["skip=120", "skip=999999999999", "skip=500&code=summer"])
      expect(await list(query)).toEqual({ hasMore: false, data: [] });
    expect(await list("skip=500", true)).toEqual({ totalResultSize: 120, data: [] });
    expect(await list("skip=119&pageSize=1")).toMatchObject({ hasMore: false, data: [expect.anything()] });
  });

  it.each([
    ["pageSize=0", "pageSize"],
    ["pageSize=1001", "pageSize"],
    ["pageSize=ten", "pageSize"],
    ["pageSize=1.5", "pageSize"],
    ["pageSize=", "pageSize"],
    ["skip=-1", "skip"],
    ["skip=1e3", "skip"],
    ["sort=advocate", "sort"],
    ["sort=--id", "sort"],
    ["sort=id,code", "sort"],
    ["valid=valid", "valid"],
    ["valid=", "valid"],
    ["usable=yes", "usable"],
    ["usable=true&usable=false", "usable"],
    ["createdAfter=2026-01-01", "createdAfter"],
    ["createdAfter=2026-02-30T00:00:00Z", "createdAfter"],
    ["createdBefore=2026-01-01T00:00:00", "createdBefore"],
    ["advocate=", "advocate"],
    ["code=%00", "code"],
    ["advocate=a%00", "advocate"],
    ["batchId=abcdefgh", "batchId"],
    ["Code=x", "Code"],
  ])("with %s is refused, with the parameter", async (query, parameter) => {
    for (const place of [path(), `${path()}/no_total`]) {
      const { status, body } = await ask("GET", `${place}?${query}`);
      const errors = expect.arrayContaining([expect.objectContaining({ source: { parameter } })]);
      expect([status, body]).toEqual([400, { message: expect.any(String), errors }]);
    }
  });

  it("of another application's campaign looks like one of none", async () => {
    const other = await makeCampaign();
    const answers = [other.campaignId, 2_000_000_000].map((campaignId) =>
      ask("GET", `${path({ ...scope, campaignId })}/no_total`),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404]);
    expect((await ask("GET", path(other))).status).toBe(403);
    const shop = caller(address, `ApiKey-v1 ${await keyFor(scope.applicationId, "integration")}`);
    expect((await shop("GET", path())).status).toBe(401);
  });
});
