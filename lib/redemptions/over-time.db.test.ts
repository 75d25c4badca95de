import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { listRedemptions } from "./list";
import { redemptionSeries } from "./series";
import { spanStart, spans } from "./spans";

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
  it("are as many as each step says, in every span", async () => {
    const now = new Date("2026-11-28T12:30:00Z");
    const moments = [
      "2026-11-28T11:00:00Z",
      "2026-11-28T10:59:59.999Z",
      "2026-11-27T23:00:00Z",
      "2026-11-27T22:59:59Z",
    ];
    for (const moment of [...moments, "2026-10-29T23:30:00Z", "2026-10-24T22:00:00Z", "2025-12-01T00:00:00Z"])
      await redeem(moment);
    await redeem("2026-11-28T11:30:00Z", { takenBack: true });
    await redeem("2026-11-28T11:31:00Z", { campaignId: scope.campaignId + 1_000_000 });
    await redeem("2024-01-01T00:00:00Z");
    const zone = "Europe/Berlin";
    const counts: Record<string, number> = {};
    for (const [name, { granularity }] of Object.entries(spans)) {
      const from = spanStart(name as keyof typeof spans, now, zone);
      const steps = await redemptionSeries(admitted(scope), { from, to: now, granularity, zone, within: true });
      expect(steps).toHaveLength(name === "day" ? 24 : name === "month" ? 30 : 12);
      expect(steps.at(-1)?.total).toBe(steps.reduce((sum, { redemptions }) => sum + redemptions, 0));
      for (const [index, { begins, redemptions }] of steps.entries()) {
        const ends = steps[index + 1]?.begins ?? now;
        expect((await friends(begins.toISOString(), ends.toISOString())).length, begins.toISOString()).toBe(
          redemptions,
        );
      }
      counts[name] = steps.at(-1)?.total ?? 0;
    }
    expect(counts).toEqual({ day: 4, month: 5, year: 7 });
  });

  it("come newest first, a page at a time, and keep codes that were deleted by name", async () => {
    for (const day of ["01", "02", "03", "04"]) await redeem(`2026-11-${day}T00:00:00Z`);
    const { rows, hasMore } = await list(first, last, null, 3);
    expect([rows.map(({ created }) => created.getUTCDate()), hasMore]).toEqual([[4, 3, 2], true]);
    expect(await friends(first, last, rows.at(-1)?.id)).toEqual(["2026-11-01T00:00:00Z"]);
    await db.referral.deleteMany({ where: scope });
    expect((await list()).rows[0]).toMatchObject({ code: "CODE", referralId: null });
  });

  it("are another campaign's to nobody else", async () => {
    await redeem("2026-11-01T00:00:00Z");
    const asked = { from: new Date(first), to: new Date(last), before: null, size: 10 };
    expect((await listRedemptions(admitted(await makeCampaign()), asked)).rows).toEqual([]);
  });
});
