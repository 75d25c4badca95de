import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { sweep } from "@/lib/testing/work";
import { listRedemptions } from "./list";

let scope: CampaignIds;
let referralId: bigint;
beforeEach(async () => {
  scope = await makeCampaign({ timeZone: "Europe/Berlin" });
  referralId = BigInt((await makeBatch(scope, [{ code: "CODE", usageLimit: 0 }])).ids[0] ?? 0);
});

/** A redemption at a moment, by a friend who is called as it. */
const redeem = (created: string, more: object = {}) =>
  db.redemption.create({
    data: {
      ...{ ...scope, referralId, code: "CODE", friendIntegrationId: created, sessionIntegrationId: created },
      ...{ created: new Date(created), held: [] },
      ...more,
    },
  });
const [first, last] = ["2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"];
const list = (from = first, to = last, before: string | null = null, size = 10) =>
  listRedemptions(admitted(scope), { from: new Date(from), to: new Date(to), before, size });
const friends = async (...asked: Parameters<typeof list>) =>
  (await list(...asked)).rows.map(({ friendIntegrationId }) => friendIntegrationId);

describe("the redemptions behind a chart", () => {
  it("come newest first, a page at a time, and keep codes that were deleted by name", async () => {
    for (const day of ["01", "02", "03", "04"]) await redeem(`2026-11-${day}T00:00:00Z`);
    const { rows, hasMore } = await list(first, last, null, 3);
    expect([rows.map(({ created }) => created.getUTCDate()), hasMore]).toEqual([[4, 3, 2], true]);
    expect(await friends(first, last, rows.at(-1)?.id)).toEqual(["2026-11-01T00:00:00Z"]);
    await db.referral.deleteMany({ where: scope });
    expect((await list()).rows[0]).toMatchObject({ code: "CODE", referralId: null });
  });

  it("come in the same pages whether tallies tell where a page begins or not, also where much was taken back", async () => {
    const moments = Array.from({ length: 40 }, (_, n) => new Date(Date.UTC(2026, 10, 1, 0, 7 * n)).toISOString());
    for (const [n, moment] of moments.entries()) await redeem(moment, n % 3 > 0 ? { takenBack: true } : {});
    const pages = async () => {
      const found: string[][] = [];
      let before: string | null = null;
      for (let more = true; more; ) {
        const page: Awaited<ReturnType<typeof list>> = await list(first, last, before, 5);
        found.push(page.rows.map(({ friendIntegrationId }) => friendIntegrationId));
        before = page.rows.at(-1)?.id ?? null;
        more = page.hasMore;
      }
      return found;
    };
    const untallied = await pages();
    expect(untallied.flat()).toEqual(moments.filter((_, n) => n % 3 === 0).reverse());
    await sweep();
    await sweep();
    expect(await pages()).toEqual(untallied);
  });

  it("are another campaign's to nobody else", async () => {
    await redeem("2026-11-01T00:00:00Z");
    const asked = { from: new Date(first), to: new Date(last), before: null, size: 10 };
    expect((await listRedemptions(admitted(await makeCampaign()), asked)).rows).toEqual([]);
  });
});
