import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { planUndo } from "@/lib/operations/undo";
import { checkRedemptions } from "@/lib/redemptions/check";
import { repairRedemptions } from "@/lib/redemptions/repair";
import { reopenSession, updateSession } from "@/lib/sessions/update";
import { admitted, makeBatch, makeCampaign, type TestCode } from "@/lib/testing/builders";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

/** Closes a session with a code; why it was not redeemed, or null. */
async function redeem(code: string, friend: string, session = `session of ${friend}`): Promise<string | null> {
  const { effects } = await updateSession(admitted(scope), session, {
    state: "closed",
    referralCode: code,
    profileId: friend,
  });
  return effects[0]?.props.rejectionReason ?? null;
}
const cancel = (friend: string) => updateSession(admitted(scope), `session of ${friend}`, { state: "cancelled" });
async function made(...codes: TestCode[]): Promise<string[]> {
  return (await makeBatch(scope, codes)).ids;
}
async function counter(code: string): Promise<number | undefined> {
  const { rows } = await pool.query<{ n: number }>(
    "SELECT usage_counter AS n FROM referral WHERE application_id = $1 AND code = $2",
    [scope.applicationId, code],
  );
  return rows[0]?.n;
}
async function ledger(code: string) {
  const { rows } = await pool.query<{ amount: number; friend: string; reverses: number | null }>(
    `SELECT amount, friend_integration_id AS friend, (SELECT count(*) FROM redemption o WHERE o.application_id = d.application_id
       AND o.referral_id = d.referral_id AND o.id <= d.reverses_id)::int AS reverses
     FROM redemption d WHERE application_id = $1 AND code = $2 ORDER BY id`,
    [scope.applicationId, code],
  );
  return rows.map(({ amount, friend, reverses }) => [amount, friend, reverses]);
}
const sound = async () => expect(await checkRedemptions(admitted(scope))).toEqual({ wrong: 0, rows: [] });

describe("a redemption", () => {
  it("is counted, and stands in the ledger", async () => {
    await made({ code: "ONE" + "-A" });
    expect(await redeem("one-a", "Ann")).toBeNull();
    expect(await redeem(" ONE-A\n", "Bob")).toBeNull();
    expect(await counter("ONE-A")).toBe(2);
    expect(await ledger("ONE-A")).toEqual([
      [1, "Ann", 0],
      [1, "Bob", 0],
    ]);
    await sound();
  });

  it("is for as many of three times as many callers at once as the code has places", async () => {
    const places = 12;
    await made({ code: "CODE", usageLimit: places });
    const answers = await Promise.all(Array.from({ length: 3 * places }, (_, n) => redeem("CODE", `friend ${n}`)));
    expect(answers.filter((answer) => answer === null)).toHaveLength(places);
    expect(answers.filter((answer) => answer !== null)).toEqual(Array(2 * places).fill("ReferralLimitReached"));
    expect(await counter("CODE")).toBe(places);
    await sound();
  });

  it("is one for a friend in all codes, whoever asks at once", async () => {
    await made({ code: "CODE-1" }, { code: "CODE-2" }, { code: "CODE-3" }, { code: "CODE-4" });
    const answers = await Promise.all([1, 2, 3, 4].map((n) => redeem(`CODE-${n}`, "Ann", `cart ${n}`)));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(answers.filter((answer) => answer !== null)).toEqual(Array(3).fill("ReferralCustomerAlreadyReferred"));
    await sound();
    const other = await makeCampaign();
    await makeBatch(other, [{ code: "CODE-1" }]);
    const asked = { state: "closed", referralCode: "CODE-1", profileId: "Ann" } as const;
    expect((await updateSession(admitted(other), "cart 1", asked)).effects[0]?.effectType).toBe("acceptReferral");
  });

  it("is one for a session, however often it is closed at once", async () => {
    await made({ code: "CODE", usageLimit: 0 });
    const answers = await Promise.all([1, 2, 3].map(() => redeem("CODE", "Ann", "one cart")));
    expect(answers).toEqual([null, null, null]);
    expect(await counter("CODE")).toBe(1);
    await sound();
  });

  it("takes IDs longer than an index entry, as other ones where they end differently", async () => {
    await made({ code: "CODE" });
    const long = "友".repeat(990);
    expect(await redeem("CODE", `${long}1`, "s1")).toBeNull();
    expect(await redeem("CODE", `${long}2`, "s2")).toBeNull();
    expect(await redeem("CODE", `${long}1`, "s3")).toBe("ReferralCustomerAlreadyReferred");
  });
});

describe("what is taken back", () => {
  it("gets a row of the opposite amount, and leaves place for the friend and others again", async () => {
    await made({ code: "CODE", usageLimit: 1 });
    expect(await redeem("CODE", "Ann")).toBeNull();
    expect((await cancel("Ann")).effects.map(({ effectType }) => effectType)).toEqual(["rollbackReferral"]);
    expect(await counter("CODE")).toBe(0);
    expect(await redeem("CODE", "Ann", "another")).toBeNull();
    expect(await ledger("CODE")).toEqual([
      [1, "Ann", 0],
      [-1, "Ann", 1],
      [1, "Ann", 0],
    ]);
    await sound();
  });

  it("is taken back once, by however many at once", async () => {
    await made({ code: "CODE" });
    await redeem("CODE", "Ann");
    await redeem("CODE", "Bob");
    const answers = await Promise.all([1, 2, 3].map(() => cancel("Ann")));
    expect(answers.flatMap(({ effects }) => effects)).toHaveLength(1);
    expect(await counter("CODE")).toBe(1);
    await sound();
  });

  it("goes beside redemptions of the same code, without a wrong count or a deadlock", async () => {
    await made({ code: "CODE", usageLimit: 0 });
    const friends = Array.from({ length: 20 }, (_, n) => `friend ${n}`);
    for (const friend of friends) await redeem("CODE", friend);
    const back = friends.slice(0, 10).map((friend) => reopenSession(admitted(scope), `session of ${friend}`));
    const again = friends.slice(0, 10).map((friend) => redeem("CODE", friend, `again ${friend}`));
    expect((await Promise.all(back)).flatMap(({ effects }) => effects)).toHaveLength(10);
    const won = (await Promise.all(again)).filter((answer) => answer === null).length;
    expect(await counter("CODE")).toBe(10 + won);
    await sound();
  });

  it("stays taken back when the code was deleted meanwhile, and is restored", async () => {
    const batch = await makeBatch(scope, [{ code: "CODE" }, { code: "OTHER" }]);
    for (const friend of ["Ann", "Bob", "Cem"]) await redeem("CODE", friend);
    await redeem("OTHER", "Dora");
    const selection = { by: "batch", batchId: batch.batchId } as const;
    const { planId: gone } = await planDelete(admitted(scope), { selection, keepRedeemed: false });
    await applyPlan(admitted(scope), { planId: gone });
    await cancel("Ann");
    const { planId: back } = await planUndo(admitted(scope), { operationId: gone });
    await cancel("Bob");
    expect(await redeem("CODE", "Eve")).toBe("ReferralNotFound");
    await applyPlan(admitted(scope), { planId: back });
    expect([await counter("CODE"), await counter("OTHER")]).toEqual([1, 1]);
    await sound();
    const { rows } = await pool.query<{ n: number }>(
      "SELECT (after ->> 'usageCounter')::int AS n FROM change WHERE application_id = $1 AND operation_id = $2 ORDER BY referral_id",
      [scope.applicationId, back],
    );
    expect(rows).toEqual([{ n: 1 }, { n: 1 }]);
    await cancel("Cem");
    expect(await counter("CODE")).toBe(0);
    await sound();
  });
});

describe("counters", () => {
  it("are held to the ledger by a check, and mended by a repair that says what it changed", async () => {
    const [, id = ""] = await made({ usageCounter: 2 }, { code: "WRONG", usageCounter: 3, usageLimit: 4 });
    await pool.query("UPDATE referral SET usage_counter = 4 WHERE application_id = $1 AND id = $2", [
      scope.applicationId,
      id,
    ]);
    const row = { referralId: id, code: "WRONG", counter: 4, ledger: 3, listed: 4 };
    expect(await checkRedemptions(admitted(scope))).toEqual({ wrong: 1, rows: [row] });
    expect(await repairRedemptions(admitted(scope))).toEqual({ wrong: 1, rows: [row] });
    expect(await repairRedemptions(admitted(scope))).toEqual({ wrong: 0, rows: [] });
    expect(await counter("WRONG")).toBe(3);
    const listed = await db.redeemed.findFirst({ where: { ...scope, id: BigInt(id) } });
    expect(listed).toMatchObject({ usageCounter: 3, usedUp: false, nearlyUsedUp: true });
    await sound();
  });
});
