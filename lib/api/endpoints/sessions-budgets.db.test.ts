import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { saveTimeZone } from "@/lib/applications/commands";
import { db, pool } from "@/lib/db";
import { admitted, makeBatch } from "@/lib/testing/builders";
import { sessionShop } from "@/lib/testing/sessions";

const shop = sessionShop();
const { told, sound, budget, uses } = shop;

describe("budgets", () => {
  it("hold for the campaign, each friend and each code together, and are given back", async () => {
    await makeBatch(shop.scope, [
      { code: "CODE-A", usageLimit: 0 },
      { code: "CODE-B", usageLimit: 0 },
    ]);
    await budget(null, 3);
    await budget("Referral", 2);
    await budget("Profile", 1);
    const close = (n: number, code: string) =>
      told(`s${n}`, { profileId: `friend ${n}`, referralCode: code, state: "closed" });
    expect(await close(1, "CODE-A")).toEqual(["acceptReferral CODE-A"]);
    expect(await close(2, "CODE-A")).toEqual(["acceptReferral CODE-A"]);
    expect(await close(3, "CODE-A")).toEqual(["rejectReferral CODE-A ReferralLimitReached"]);
    expect(await close(4, "CODE-B")).toEqual(["acceptReferral CODE-B"]);
    expect(await close(5, "CODE-B")).toEqual(["rejectReferral CODE-B CampaignLimitReached"]);
    expect((await uses()).reduce((sum, one) => sum + one, 0)).toBe(9);
    expect(await told("s1", { state: "cancelled" })).toEqual(["rollbackReferral CODE-A"]);
    expect((await uses()).reduce((sum, one) => sum + one, 0)).toBe(6);
    expect(await close(6, "CODE-A")).toEqual(["acceptReferral CODE-A"]);
  });

  it("let exactly as many in as they have, of three times as many at once, over several codes", async () => {
    await makeBatch(
      shop.scope,
      Array.from({ length: 4 }, (_, n) => ({ code: `CODE-${n}`, usageLimit: 0 })),
    );
    await budget(null, 10);
    await budget("Referral", 4);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        told(`s${n}`, { profileId: `f${n}`, referralCode: `CODE-${n % 4}`, state: "closed" }),
      ),
    );
    expect(answers.filter(([effect]) => effect?.startsWith("accept"))).toHaveLength(10);
    const perCode = await pool.query<{ n: number }>(
      "SELECT usage_counter AS n FROM referral WHERE application_id = $1",
      [shop.scope.applicationId],
    );
    for (const { n } of perCode.rows) expect(n).toBeLessThanOrEqual(4);
    await sound();
  });

  it.each(["daily", "weekly", "monthly", "yearly"])(
    "that are %s go on when the application's clocks are set to another zone",
    async (period) => {
      await makeBatch(shop.scope, [{ code: "CODE", usageLimit: 0 }]);
      await budget(null, 1, period);
      await budget("Profile", 1, period);
      const close = (who: string) => told(who, { profileId: who, referralCode: "CODE", state: "closed" });
      expect(await close("Bob")).toEqual(["acceptReferral CODE"]);
      const place = admitted({ applicationId: shop.scope.applicationId });
      await saveTimeZone(place, { timeZone: "Asia/Kolkata", shown: "Europe/Berlin" });
      expect(await close("Eve")).toEqual(["rejectReferral CODE CampaignLimitReached"]);
      await saveTimeZone(place, { timeZone: "Europe/Berlin", shown: "Asia/Kolkata" });
      expect(await close("Dan")).toEqual(["rejectReferral CODE CampaignLimitReached"]);
      expect(await told("Bob", { state: "cancelled" })).toEqual(["rollbackReferral CODE"]);
      expect(await close("Cem")).toEqual(["acceptReferral CODE"]);
      await sound();
    },
  );

  it("of nothing allow nothing, and begin with their period on the application's clocks", async () => {
    await makeBatch(shop.scope, [{ code: "CODE", usageLimit: 0 }]);
    const none = await budget(null, 0);
    expect(await told("s", { profileId: "Bob", referralCode: "CODE", state: "closed" })).toEqual([
      "rejectReferral CODE CampaignLimitReached",
    ]);
    await db.budget.delete({ where: { applicationId_id: { applicationId: shop.scope.applicationId, id: none.id } } });
    for (const period of ["daily", "weekly", "monthly", "yearly"]) await budget(null, 5, period);
    await told("t", { profileId: "Ann", referralCode: "CODE", state: "closed" });
    const { rows } = await pool.query<{ period: string; right: boolean }>(
      `SELECT b.period, u.begins = date_trunc(CASE b.period WHEN 'daily' THEN 'day' ELSE replace(b.period, 'ly', '') END, now() AT TIME ZONE 'Europe/Berlin')
         AT TIME ZONE 'Europe/Berlin' AS right
       FROM budget_use u JOIN budget b ON b.application_id = u.application_id AND b.id = u.budget_id WHERE u.application_id = $1 ORDER BY b.id`,
      [shop.scope.applicationId],
    );
    expect(rows).toEqual(["daily", "weekly", "monthly", "yearly"].map((period) => ({ period, right: true })));
    const later = "?dry=true&now=2099-06-01T00:00:00Z";
    await db.budget.updateMany({ where: { applicationId: shop.scope.applicationId }, data: { amount: 1 } });
    expect(await told("u", { profileId: "Eve", referralCode: "CODE" })).toEqual([
      "rejectReferral CODE CampaignLimitReached",
    ]);
    expect(await told("u", { profileId: "Eve", referralCode: "CODE" }, later)).toEqual(["acceptReferral CODE"]);
  });
});

it("whatever sessions do, in whatever order, counters are the ledger's sums and budgets what stands", async () => {
  const deed = fc.record({
    session: fc.integer({ min: 0, max: 4 }),
    code: fc.constantFrom("CODE-0", "CODE-1", ""),
    friend: fc.integer({ min: 0, max: 3 }),
    what: fc.constantFrom("open", "closed", "cancelled", "reopen"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 25 }), async (deeds) => {
      await shop.open();
      await makeBatch(shop.scope, [
        { code: "CODE-0", usageLimit: 2 },
        { code: "CODE-1", usageLimit: 3 },
      ]);
      await budget(null, 3);
      await Promise.all(
        [0, 1].map(async (half) => {
          for (const { session, code, friend, what } of deeds.filter((_, n) => n % 2 === half)) {
            const path = `/v2/customer_sessions/s${session}`;
            const customerSession = { state: what, referralCode: code, profileId: `f${friend}` };
            const { status } =
              what === "reopen"
                ? await shop.ask("PUT", `${path}/reopen`)
                : await shop.ask("PUT", path, { customerSession });
            expect([200, 400, 404]).toContain(status);
          }
        }),
      );
      await sound();
      const stands = { where: { applicationId: shop.scope.applicationId, amount: 1, takenBack: false } };
      const standing = await db.redemption.findMany(stands);
      const held = await db.customerSession.findMany({
        where: { applicationId: shop.scope.applicationId, NOT: { redemptionId: null } },
      });
      expect(held.map(({ redemptionId }) => redemptionId).sort()).toEqual(standing.map(({ id }) => id).sort());
      expect((await uses())[0] ?? 0).toBe(standing.length);
      expect(new Set(standing.map(({ friendIntegrationId }) => friendIntegrationId)).size).toBe(standing.length);
    }),
    { numRuns: 30 },
  );
}, 120_000);
