import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { nameBatch } from "@/lib/batches/commands";
import { listBatches } from "@/lib/batches/list";
import { getBatch } from "@/lib/batches/queries";
import { type BatchList, type BatchSort, batchColumns, readBatchList } from "@/lib/batches/search-params";
import { createReferrals } from "@/lib/creations/commands";
import { db, listDb, takeConnection } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { planUndo } from "@/lib/operations/undo";
import { updateSession } from "@/lib/sessions/update";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { sendList } from "@/lib/testing/lists";
import { sweep } from "@/lib/testing/work";

const list = (scope: CampaignIds, asked: Partial<BatchList> = {}, size = 50) =>
  listBatches(admitted(scope), { ...readBatchList({}), ...asked, size });
const name = (
  scope: CampaignIds,
  batchId: string,
  said: { name?: string; note?: string },
  shown = { name: "", note: "" },
) => nameBatch(admitted(scope), { batchId, name: "", note: "", ...said, shown });

describe("a list of batches", () => {
  let scope: CampaignIds;
  const batches: string[] = [];
  beforeAll(async () => {
    scope = await makeCampaign();
    for (const [index, said] of ["Äpfel", "", "black friday", "Black Friday", "zebra", ""].entries()) {
      const codes = Array.from({ length: 1 + (index % 3) }, () => ({ usageLimit: 0, usageCounter: (index * 7) % 5 }));
      const { batchId } = await makeBatch(scope, codes);
      batches.push(batchId);
      if (said) await name(scope, batchId, { name: said, note: index === 4 ? "for INFLUENCERS" : "" });
    }
    await makeBatch(await makeCampaign(), [{}]);
  });

  it.each(Object.keys(batchColumns).flatMap((column) => [column, `-${column}`]) as BatchSort[])(
    "sorted by %s is whole, in order, and the same by pages of any size",
    async (sort) => {
      const { rows, total, hasMore } = await list(scope, { sort });
      expect({ total, hasMore, ids: rows.map(({ batchId }) => batchId).sort() }).toEqual({
        ...{ total: 6, hasMore: false },
        ids: [...batches].sort(),
      });
      for (const size of [1, 2, 4]) {
        const walked = [];
        for (let after: string | null = null; ; ) {
          const page = await list(scope, { sort, after }, size);
          walked.push(...page.rows);
          if (!page.hasMore) break;
          after = page.rows.at(-1)?.batchId ?? null;
        }
        expect(walked).toEqual(rows);
      }
    },
  );

  it("tells codes and redemptions exactly, and sorts by them", async () => {
    const { rows } = await list(scope, { sort: "-redemptions" });
    expect(rows.map(({ redemptions }) => redemptions)).toEqual([12, 6, 4, 1, 0, 0]);
    for (const { batchId, codes, redemptions } of rows) {
      const sum = await db.referral.aggregate({
        where: { ...scope, batchId },
        _count: true,
        _sum: { usageCounter: true },
      });
      expect({ codes, redemptions }).toEqual({ codes: sum._count, redemptions: sum._sum.usageCounter });
    }
  });

  it("has batches without a name last, either way", async () => {
    const names = async (sort: BatchSort) => (await list(scope, { sort })).rows.map(({ name }) => name);
    expect((await names("name")).slice(-2)).toEqual(["", ""]);
    expect((await names("-name")).slice(-2)).toEqual(["", ""]);
    expect(new Set((await names("name")).slice(0, 2))).toEqual(new Set(["black friday", "Black Friday"]));
  });

  it.each([
    ["BLACK", 2],
    ["ｂｌａｃｋ", 2],
    ["äPF", 1],
    ["influencers", 1],
    ["%", 0],
    ["'", 0],
  ])("finds %s in names and notes, whatever their case and width", async (q, count) => {
    const { rows, total } = await list(scope, { q });
    expect([rows.length, total]).toEqual([count, count]);
  });

  it("finds a Batch ID by its part", async () => {
    const id = batches[1] ?? "";
    expect((await list(scope, { q: id.slice(1, 7).toUpperCase() })).rows[0]?.batchId).toBe(id);
  });

  it("is one statement, however many batches there are", async () => {
    let statements = 0;
    listDb.$on("query", () => {
      statements += 1;
    });
    const counts: number[] = [];
    for (const size of [1, 50]) {
      const before = statements;
      await list(scope, { sort: "-redemptions" }, size);
      await expect.poll(() => statements).toBeGreaterThan(before);
      counts.push(statements - before);
    }
    expect(counts).toEqual([1, 1]);
  });
});

describe("naming a batch", () => {
  it("keeps what is said, and refuses a save that did not see another's", async () => {
    const scope = await makeCampaign();
    const { batchId } = await makeBatch(scope, [{}]);
    expect(await name(scope, batchId, { name: "One", note: "first" })).toEqual({ name: "One", note: "first" });
    expect(await getBatch(admitted(scope), batchId)).toMatchObject({ name: "One", note: "first" });
    await name(scope, batchId, { name: "One", note: "first" }); // sent twice
    await expect(name(scope, batchId, { name: "Two" })).rejects.toMatchObject({
      code: "stale",
      more: { details: { name: "One", note: "first" } },
    });
    await name(scope, batchId, { name: "Two" }, { name: "One", note: "first" });
    expect(await getBatch(admitted(scope), batchId)).toMatchObject({ name: "Two", note: "" });
    const other = await makeCampaign();
    await expect(name(other, batchId, { name: "Mine" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("happens with the creation, and sending that again under another name is refused", async () => {
    const scope = await makeCampaign();
    const requestKey = randomUUID();
    const request = async (batchName: string) => ({
      ...{ kind: "many" as const, requestKey, listId: await sendList(admitted(scope), ["a", "b"]), batchName },
      ...{
        pattern: "####-####",
        characters: "ABCDEFGHJK",
        usageLimit: 1,
        validFrom: null,
        validUntil: null,
        attributes: {},
      },
    });
    await createReferrals(admitted(scope), await request("Black Friday"));
    await createReferrals(admitted(scope), await request("Black Friday"));
    expect((await list(scope)).rows).toMatchObject([{ name: "Black Friday", codes: 2, how: "created", by: "Tester" }]);
    expect((await list(scope, { q: "black fri" })).total).toBe(1);
    await expect(createReferrals(admitted(scope), await request("Easter"))).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("the redemptions of a batch", () => {
  it.each(["never", "before", "after", "always"] as const)(
    "stay the sum of its codes while these are redeemed, deleted and brought back, tallied %s",
    async (tallied) => {
      const tally = async (now: "before" | "after") => {
        if (tallied !== now && tallied !== "always") return;
        await sweep(); // notes
        await sweep();
      };
      const scope = await makeCampaign();
      const { batchId, ids } = await makeBatch(scope, [{ usageLimit: 0 }, { usageLimit: 0 }, { usageLimit: 0 }]);
      const order = async (session: string, state: "closed" | "cancelled", code: string) =>
        updateSession(admitted(scope), session, { state, referralCode: code, profileId: session });
      const codes = await db.referral.findMany({ where: { ...scope, batchId }, orderBy: { id: "asc" } });
      for (const [index, { code }] of codes.entries())
        for (let nth = 0; nth <= index; nth += 1) await order(`${code} ${nth}`, "closed", code);
      expect((await list(scope)).rows[0]?.redemptions).toBe(6);
      await tally("before");
      await order(`${codes[0]?.code} 0`, "cancelled", codes[0]?.code ?? "");
      expect((await list(scope)).rows[0]?.redemptions).toBe(5);

      const last = { selection: { by: "ids" as const, ids: [ids[0] ?? "", ids[2] ?? ""] }, keepRedeemed: false };
      const plan = await planDelete(admitted(scope), last);
      await applyPlan(admitted(scope), { planId: plan.planId });
      expect((await list(scope)).rows[0]).toMatchObject({ codes: 1, redemptions: 2 });
      await tally("after");
      await order(`${codes[2]?.code} 1`, "cancelled", codes[2]?.code ?? ""); // of a code that is gone
      expect((await list(scope)).rows[0]).toMatchObject({ codes: 1, redemptions: 2 });
      const undo = await planUndo(admitted(scope), { operationId: plan.planId });
      await applyPlan(admitted(scope), { planId: undo.planId });
      expect((await list(scope)).rows[0]).toMatchObject({ codes: 3, redemptions: 4 });
      await tally("after");
      expect((await list(scope)).rows[0]).toMatchObject({ codes: 3, redemptions: 4 });
    },
  );

  it("are looked up by the ledger's index, also by a plan that was made while there was little in it", async () => {
    const scope = await makeCampaign();
    const { batchId } = await makeBatch(scope, [{}]);
    const { client, giveBack } = await takeConnection();
    const given = [scope.applicationId, scope.campaignId];
    const make = (word: string, count: number) =>
      client.query(
        `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit, batch_id, origin)
         SELECT $1, $2, code, code, lower(code), 'cust_1', 1, $3, 'created' FROM (SELECT $4 || n AS code FROM generate_series(1, $5::int) n) codes`,
        [...given, batchId, word, count],
      );
    await client.query("VACUUM (ANALYZE) redemption");
    await client.query("BEGIN");
    await make("FIRST-", 10);
    await client.query(
      `INSERT INTO redemption (application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id)
       SELECT $1, $2, 1, 'CODE', 'friend ' || n, 'order ' || n FROM generate_series(1, 2000) n`,
      given,
    );
    await make("LATER-", 100);
    const { rows } = await client.query(
      "SELECT seq_tup_read::int AS read FROM pg_stat_xact_user_tables WHERE relname = 'redemption'",
    );
    giveBack(true);
    expect(rows[0].read).toBeLessThan(20_000); // all of it some times, and not for each code
  });
});
