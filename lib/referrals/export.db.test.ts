import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { tidied } from "@/lib/codes/rules";
import { pool } from "@/lib/db";
import { exportColumns, formatRow, formulaStarts, safeCell } from "@/lib/referrals/csv";
import { type ExportRequest, exportReferrals } from "@/lib/referrals/export";
import { exportFileName } from "@/lib/referrals/export-name";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { exportedFrom, request, stays, time } from "@/lib/testing/exports";
import { hostileText } from "@/lib/testing/hostile";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const exported = (filter?: ReferralFilter, more?: Partial<ExportRequest>) => exportedFrom(scope, filter, more);

const manyCodes = () =>
  makeBatch(
    scope,
    Array.from({ length: 20_000 }, () => ({})),
  );

/** Every export has ended, and its connection is back or closed. */
async function expectAllEnded(): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await pool.query<{ busy: string }>(
        "SELECT count(*) AS busy FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%' AND state = 'active'",
      );
      return rows[0]?.busy;
    })
    .toBe("0");
  expect(pool.idleCount).toBe(pool.totalCount);
}

const integrationId = hostileText.map(tidied).filter((text) => text.length > 0); // as every way in leaves them

describe("an export", () => {
  it("has Talon.One's header and forms; nothing found is the header alone", async () => {
    const head =
      "id,created,campaignid,advocateprofileintegrationid,friendprofileintegrationid,startdate,expirydate,code,importid,attributes,batchid,counter,limitval";
    expect(exportColumns.join(",")).toBe(head);
    expect(await exported()).toBe(`${head}\n`);
    const { batchId, ids } = await makeBatch(scope, [
      {
        code: "PLAIN-1",
        usageLimit: 0,
        usageCounter: 3,
        validFrom: "2030-01-31T09:05:27Z",
        validUntil: "2030-01-31T09:05:27.993Z",
      },
      { code: "-SAFE-2", attributes: { vip: true, tier: "gold" } },
    ]);
    await pool.query("UPDATE referral SET created = '2026-11-22T14:03:05.999Z' WHERE application_id = $1", [
      scope.applicationId,
    ]);
    const c = scope.campaignId;
    expect((await exported()).split("\n").slice(1)).toEqual([
      `${ids[1]},2026-11-22T14:03:05Z,${c},cust_2,,,,'-SAFE-2,,"{""vip"": true, ""tier"": ""gold""}",${batchId},0,10`,
      `${ids[0]},2026-11-22T14:03:05Z,${c},cust_1,,2030-01-31T09:05:27Z,2030-01-31T09:05:27.993Z,PLAIN-1,,"{}",${batchId},3,0`,
      "",
    ]);
  });

  it("holds what the list shows: by batch, by search, of this campaign alone", async () => {
    const one = await makeBatch(scope, [{ code: "ALPHA-1" }, { code: "BETA-12" }]);
    await makeBatch(scope, [{ code: "ALPHA-12" }]);
    const found = async (filter: ReferralFilter) =>
      (await exported(filter))
        .split("\n")
        .slice(1, -1)
        .map((row) => row.split(",")[7]);
    expect(await found({})).toEqual(["ALPHA-12", "BETA-12", "ALPHA-1"]);
    expect(await found({ batch: one.batchId })).toEqual(["BETA-12", "ALPHA-1"]);
    expect(await found({ search: "a-12" })).toEqual(["ALPHA-12", "BETA-12"]);
    expect(await found({ search: "alpha", batch: one.batchId })).toEqual(["ALPHA-1"]);
    expect(await found({ search: "' OR 1=1 --", batch: "'; DROP" })).toEqual([]);
    scope = await makeCampaign();
    expect(await found({ batch: one.batchId })).toEqual([]);
  });

  it("gives its connection back, also when the reader goes away", async () => {
    await manyCodes();
    for (let attempt = 0; attempt < 24; attempt += 1) {
      const reader = (await exportReferrals(admitted(scope), request({}), stays())).getReader();
      await reader.read();
      await reader.cancel();
    }
    expect((await exported()).split("\n")).toHaveLength(20_002);
    await expectAllEnded();
  });

  it("ends where its reader is gone, though nobody reads or cancels it", async () => {
    await manyCodes();
    for (let attempt = 0; attempt < 15; attempt += 1) {
      const format = (["csv", "xlsx", "codes"] as const)[attempt % 3];
      const reader = new AbortController();
      const begun = exportReferrals(admitted(scope), request({}, { format }), reader.signal);
      if (attempt < 6) await begun;
      else await setTimeout(attempt - 6); // before the first rows, or a little after
      reader.abort("gone");
      await begun.catch((error) => expect(error).toBe("gone"));
    }
    await expect(exportReferrals(admitted(scope), request({}), AbortSignal.abort("gone"))).rejects.toBe("gone");
    expect((await exported()).split("\n")).toHaveLength(20_002);
    await expectAllEnded();
  });

  it.each(["csv", "xlsx"] as const)(
    "fails, and nothing else does, when a %s file loses its connection",
    async (format) => {
      await manyCodes();
      const body = await exportReferrals(admitted(scope), request({}, { format }), stays());
      await pool.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'",
      );
      await expect(new Response(body).arrayBuffer()).rejects.toThrow();
      expect((await exported({}, { format: "codes" })).split("\n")).toHaveLength(20_001);
      await expectAllEnded();
    },
  );

  it("escapes in SQL exactly as csv.ts does", async () => {
    await fc.assert(
      fc.asyncProperty(integrationId, async (text) => {
        const { rows } = await pool.query<{ id: string }>(
          `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit, origin)
           VALUES ($1, $2, 'TEXT', 'TEXT', 'text', $3, 1, 'created')
           ON CONFLICT (application_id, code_key) DO UPDATE SET advocate_integration_id = $3 RETURNING id`,
          [scope.applicationId, scope.campaignId, text],
        );
        const body = (await exported()).slice(exportColumns.join(",").length + 1);
        expect(body.slice(0, rows[0]?.id.length)).toBe(rows[0]?.id);
        const written = body.slice(body.indexOf(`,${scope.campaignId},`) + String(scope.campaignId).length + 2);
        expect(written.slice(0, written.lastIndexOf(",,,,TEXT,"))).toBe(formatRow([safeCell(text)]));
      }),
      { numRuns: 60, examples: [...formulaStarts].flatMap((start) => [[`${start}1`], [`''${start}`], [`'x${start}`]]) },
    );
  });
});

it("is named after campaign, filter, format, time and zone, in letters, digits and dashes", () => {
  const name = (
    campaign: string,
    filter: ReferralFilter = {},
    format: ExportRequest["format"] = "csv",
    columns: string[] | null = null,
  ) => exportFileName({ id: 7, name: campaign }, { filter, format, columns, ...time });
  expect(name("Refer a friend", { batch: "tqyrgahe" }, "xlsx")).toBe(
    "referrals-refer-a-friend-batch-tqyrgahe-20261122T1503-europe-berlin.xlsx",
  );
  expect(name('Été\r\n"../; x', { search: "ab字", attributes: { tier: { oneOf: ["gold"] } } })).toBe(
    "referrals-ete-x-search-ab-tier-is-gold-20261122T1503-europe-berlin.csv",
  );
  expect(name("Winter", {}, "csv", ["code"])).toBe("referrals-list-winter-20261122T1503-europe-berlin.csv");
  expect(name("冬", {}, "codes")).toBe("codes-campaign-7-20261122T1503-europe-berlin.txt");
});
