import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool, takeConnection } from "@/lib/db";
import { admitted, makeCampaign } from "@/lib/testing/builders";
import { sweep } from "@/lib/testing/work";
import { countBetween } from "./tally";

let scope: CampaignIds;
let friends = 0;
beforeEach(async () => {
  scope = await makeCampaign();
});

const bounds = ["2026-11-01", "2026-11-02", "2026-11-03"].map((day) => new Date(`${day}T00:00:00Z`));
const insert = `INSERT INTO redemption (application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id, created)
  VALUES ($1, $2, 1, 'CODE', $3, $3, $4) RETURNING id`;
const values = (created: string) => [scope.applicationId, scope.campaignId, `friend ${++friends}`, created];
const redeem = async (created: string) => (await pool.query<{ id: string }>(insert, values(created))).rows[0]?.id ?? "";
const counts = async () =>
  (await countBetween(admitted(scope), bounds)).sort((a, b) => a.place - b.place).map(({ place, n }) => [place, n]);
const tallied = () =>
  db.redemptionTally.aggregate({ where: scope, _sum: { redemptions: true } }).then(({ _sum }) => _sum.redemptions ?? 0);

describe("redemptions are counted between bounds", () => {
  it("alike before they are tallied, after, and where some came since", async () => {
    await redeem("2026-11-01T00:00:00Z");
    await redeem("2026-11-01T23:59:59.999Z");
    await redeem("2026-11-02T00:00:00Z");
    await redeem("2026-10-31T23:59:59.999Z");
    await redeem("2026-11-03T00:00:00Z");
    const expected = [
      [1, 2],
      [2, 1],
    ];
    expect(await counts()).toEqual(expected);
    await sweep();
    expect(await tallied()).toBe(0); // only noted
    expect(await counts()).toEqual(expected);
    await sweep();
    expect(await tallied()).toBe(5);
    expect(await counts()).toEqual(expected);
    await redeem("2026-11-01T12:00:00Z"); // later by its id, though not by its time
    expect(await counts()).toEqual([
      [1, 3],
      [2, 1],
    ]);
    await sweep();
    await sweep();
    expect(await tallied()).toBe(6);
    expect(await counts()).toEqual([
      [1, 3],
      [2, 1],
    ]);
  });

  it("with the first one after a restore, whose id is the one that the sequence begins with", async () => {
    await redeem("2026-11-01T10:00:00Z");
    const { rows } = await pool.query("SELECT last_value + is_called::int AS next FROM redemption_id_seq");
    await pool.query(`ALTER SEQUENCE redemption_id_seq RESTART WITH ${rows[0].next}`);
    await sweep();
    await sweep();
    expect(await redeem("2026-11-01T12:00:00Z")).toBe(rows[0].next);
    expect(await counts()).toEqual([[1, 2]]);
  });

  it("without those that were taken back, whenever that was", async () => {
    const [first, second] = [await redeem("2026-11-01T10:00:00Z"), await redeem("2026-11-01T10:00:00Z")];
    await pool.query("UPDATE redemption SET taken_back = true WHERE id = $1", [first]);
    expect(await counts()).toEqual([[1, 1]]);
    await sweep();
    await sweep();
    expect(await counts()).toEqual([[1, 1]]);
    await pool.query("UPDATE redemption SET taken_back = true WHERE id = $1", [second]);
    expect(await counts()).toEqual([[1, 0]]);
  });

  it("also those that were under way while others were tallied", async () => {
    const { client, giveBack } = await takeConnection();
    try {
      await client.query("BEGIN");
      await client.query(insert, values("2026-11-01T10:00:00Z")); // has the lower id
      await redeem("2026-11-02T10:00:00Z");
      await sweep();
      await sweep();
      expect(await tallied()).toBe(0); // waits for whoever began before
      await client.query("COMMIT");
    } finally {
      giveBack(true);
    }
    await sweep();
    expect(await tallied()).toBe(2);
    expect(await counts()).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it("by two workers at once no more than once", async () => {
    for (let n = 0; n < 20; n += 1) await redeem("2026-11-01T10:00:00Z");
    await sweep();
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(await tallied()).toBe(20);
  });
});
