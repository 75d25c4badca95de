import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { planUndo } from "@/lib/operations/undo";
import { checkRedemptions } from "@/lib/redemptions/check";
import { redeem } from "@/lib/redemptions/redeem";
import { takeBack } from "@/lib/redemptions/take-back";
import { admitted, makeBatch, makeCampaign, type TestCode } from "@/lib/testing/builders";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const now = new Date("2026-11-28T12:00:00Z");
const asked = (id: string, friend: string, session = `session of ${friend}`) =>
  redeem(admitted(scope), {
    referralId: BigInt(id),
    friendIntegrationId: friend,
    sessionIntegrationId: session,
    now,
  });
const givenBack = (id: string, friend: string) =>
  takeBack(admitted(scope), { referralId: BigInt(id), sessionIntegrationId: `session of ${friend}` });
async function made(...codes: TestCode[]): Promise<string[]> {
  return (await makeBatch(scope, codes)).ids;
}
async function counter(id: string): Promise<number | undefined> {
  const { rows } = await pool.query<{ n: number }>(
    "SELECT usage_counter AS n FROM referral WHERE application_id = $1 AND id = $2",
    [scope.applicationId, id],
  );
  return rows[0]?.n;
}
async function ledger(id: string) {
  const { rows } = await pool.query<{ amount: number; friend: string; reverses: number | null }>(
    `SELECT amount, friend_integration_id AS friend, (SELECT count(*) FROM redemption o WHERE o.application_id = d.application_id
       AND o.referral_id = d.referral_id AND o.id <= d.reverses_id)::int AS reverses
     FROM redemption d WHERE application_id = $1 AND referral_id = $2 ORDER BY id`,
    [scope.applicationId, id],
  );
  return rows.map(({ amount, friend, reverses }) => [amount, friend, reverses]);
}
const sound = async () => expect(await checkRedemptions(admitted(scope))).toEqual({ wrong: 0, rows: [] });
const isIn = { redemptionId: expect.any(BigInt) };

describe("a redemption", () => {
  it("is counted, and stands in the ledger", async () => {
    const [id = ""] = await made({});
    expect(await asked(id, "Ann")).toEqual(isIn);
    expect(await asked(id, "Bob")).toEqual(isIn);
    expect(await counter(id)).toBe(2);
    expect(await ledger(id)).toEqual([
      [1, "Ann", 0],
      [1, "Bob", 0],
    ]);
    await sound();
  });

  it("is for as many of three times as many callers at once as the code has places", async () => {
    const places = 12;
    const [id = ""] = await made({ usageLimit: places });
    const answers = await Promise.all(Array.from({ length: 3 * places }, (_, n) => asked(id, `friend ${n}`)));
    expect(answers.filter((answer) => "redemptionId" in answer)).toHaveLength(places);
    expect(answers.filter((answer) => "refused" in answer)).toEqual(Array(2 * places).fill({ refused: "used_up" }));
    expect(await counter(id)).toBe(places);
    await sound();
  });

  it("is one for a session and its code, and one for a friend in all codes, whoever asks at once", async () => {
    const ids = await made({}, {}, {}, {});
    const friends = await Promise.all(ids.map((id) => asked(id, "Ann", `cart ${id}`)));
    expect(friends.filter((answer) => "redemptionId" in answer)).toHaveLength(1);
    expect(friends.filter((answer) => "refused" in answer)).toEqual(Array(3).fill({ refused: "friend_was_referred" }));
    const [id = ""] = ids;
    const sessions = await Promise.all(["Bob", "Cem", "Dora"].map((friend) => asked(id, friend, "one cart")));
    expect(sessions.filter((answer) => "redemptionId" in answer)).toHaveLength(1);
    expect(sessions.filter((answer) => "refused" in answer)).toEqual(Array(2).fill({ refused: "already_in_session" }));
    await sound();
    const other = await makeCampaign();
    const [elsewhere = ""] = (await makeBatch(other, [{}])).ids;
    const request = {
      referralId: BigInt(elsewhere),
      friendIntegrationId: "Ann",
      sessionIntegrationId: "one cart",
      now,
    };
    expect(await redeem(admitted(other), request)).toEqual(isIn);
  });

  it("is refused with its reason, and then nothing is written", async () => {
    const [early = "", late = "", full = "", own = ""] = await made(
      { validFrom: "2026-11-28T12:00:01Z" },
      { validUntil: "2026-11-28T12:00:00Z" },
      { usageLimit: 1, usageCounter: 1 },
      {},
    );
    expect(await asked(early, "Ann")).toEqual({ refused: "not_yet_valid" });
    expect(await asked(late, "Ann")).toEqual({ refused: "expired" });
    expect(await asked(full, "Ann")).toEqual({ refused: "used_up" });
    expect(await asked("999999999", "Ann")).toEqual({ refused: "unknown" });
    expect(await asked(own, "cust_4")).toEqual({ refused: "friend_is_advocate" });
    await pool.query("UPDATE referral SET friend_integration_id = 'Bob' WHERE application_id = $1 AND id = $2", [
      scope.applicationId,
      own,
    ]);
    expect(await asked(own, "Ann")).toEqual({ refused: "of_another_friend" });
    expect(await asked(own, "Bob")).toEqual(isIn);
    expect(await ledger(early)).toEqual([]);
    await sound();
    const other = await makeCampaign();
    const request = { referralId: BigInt(own), friendIntegrationId: "Eve", sessionIntegrationId: "s", now };
    expect(await redeem(admitted(other), request)).toEqual({ refused: "unknown" });
  });

  it("takes IDs longer than an index entry, as other ones where they end differently", async () => {
    const [id = ""] = await made({});
    const long = "友".repeat(990);
    expect(await asked(id, `${long}1`)).toEqual(isIn);
    expect(await asked(id, `${long}2`)).toEqual(isIn);
    expect(await asked(id, `${long}1`, "another")).toEqual({ refused: "friend_was_referred" });
  });
});

describe("what is taken back", () => {
  it("gets a row of the opposite amount, and leaves place for the session and the friend again", async () => {
    const [id = ""] = await made({ usageLimit: 1 });
    expect(await asked(id, "Ann")).toEqual(isIn);
    expect(await givenBack(id, "Ann")).toEqual(expect.any(BigInt));
    expect(await counter(id)).toBe(0);
    expect(await asked(id, "Ann")).toEqual(isIn);
    expect(await ledger(id)).toEqual([
      [1, "Ann", 0],
      [-1, "Ann", 1],
      [1, "Ann", 0],
    ]);
    await sound();
  });

  it("is taken back once, by however many at once, and only where it is", async () => {
    const [id = "", other = ""] = await made({}, {});
    await asked(id, "Ann");
    await asked(id, "Bob");
    const answers = await Promise.all([1, 2, 3, 4].map(() => givenBack(id, "Ann")));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    expect(await givenBack(other, "Bob")).toBeNull();
    expect(await givenBack(id, "Ann")).toBeNull();
    expect(await counter(id)).toBe(1);
    await sound();
  });

  it("goes beside redemptions of the same code, without a wrong count or a deadlock", async () => {
    const [id = ""] = await made({ usageLimit: 0 });
    const friends = Array.from({ length: 20 }, (_, n) => `friend ${n}`);
    for (const friend of friends) await asked(id, friend);
    const back = friends.slice(0, 10).map((friend) => givenBack(id, friend));
    const again = friends.slice(0, 10).map((friend) => asked(id, friend, `again ${friend}`));
    expect((await Promise.all(back)).every((answer) => answer !== null)).toBe(true);
    const won = (await Promise.all(again)).filter((answer) => "redemptionId" in answer).length;
    expect(await counter(id)).toBe(10 + won);
    await sound();
  });

  it("stays taken back when the code was deleted meanwhile, and is restored", async () => {
    const batch = await makeBatch(scope, [{}, {}]);
    const [id = "", untouched = ""] = batch.ids;
    for (const friend of ["Ann", "Bob", "Cem"]) await asked(id, friend);
    await asked(untouched, "Dora");
    const selection = { by: "batch", batchId: batch.batchId } as const;
    const { planId: gone } = await planDelete(admitted(scope), { selection, keepRedeemed: false });
    await applyPlan(admitted(scope), { planId: gone });
    await givenBack(id, "Ann");
    const { planId: back } = await planUndo(admitted(scope), { operationId: gone });
    await givenBack(id, "Bob");
    expect(await asked(id, "Eve")).toEqual({ refused: "unknown" });
    await applyPlan(admitted(scope), { planId: back });
    expect([await counter(id), await counter(untouched)]).toEqual([1, 1]);
    await sound();
    const { rows } = await pool.query<{ n: number }>(
      "SELECT (after ->> 'usageCounter')::int AS n FROM change WHERE application_id = $1 AND operation_id = $2 ORDER BY referral_id",
      [scope.applicationId, back],
    );
    expect(rows).toEqual([{ n: 1 }, { n: 1 }]);
    expect(await givenBack(id, "Cem")).not.toBeNull();
    await sound();
  });
});

it("the check names codes whose counter, ledger and list differ", async () => {
  const [, id = ""] = await made({ usageCounter: 2 }, { code: "WRONG", usageCounter: 3 });
  await pool.query("UPDATE referral SET usage_counter = 4 WHERE application_id = $1 AND id = $2", [
    scope.applicationId,
    id,
  ]);
  const row = { referralId: id, code: "WRONG", counter: 4, ledger: 3, listed: 4 };
  expect(await checkRedemptions(admitted(scope))).toEqual({ wrong: 1, rows: [row] });
});
