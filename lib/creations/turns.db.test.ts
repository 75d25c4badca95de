import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { codeAt, codeSpace } from "@/lib/codes/generator";
import { pool } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { create, makeTwoCampaigns, many, other, own, scope, written } from "@/lib/testing/creations";
import { refusal } from "@/lib/testing/refusal";

beforeEach(makeTwoCampaigns);

describe("a code that somebody takes at the same moment, without waiting for a turn", () => {
  const insert = `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit, origin)
    SELECT $1, $2, code, code, lower(code), 'owner_7', 1, 'api' FROM unnest($3::text[]) code`;

  /** Starts the creation while the codes are taken by a transaction that commits once the creation waits for it. */
  async function createDuring(codes: string[], input: object) {
    const rival = await pool.connect();
    try {
      await rival.query("BEGIN");
      await rival.query(insert, [scope.applicationId, scope.campaignId, codes]);
      const { rows } = await rival.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      const creation = create({ ...input, scope: other }).then(
        (result) => result,
        (error: unknown) => error,
      );
      const waiting = `SELECT FROM pg_stat_activity WHERE ${rows[0]?.pid} = ANY(pg_blocking_pids(pid))`;
      while ((await pool.query(waiting)).rowCount === 0);
      await rival.query("COMMIT");
      return await creation;
    } finally {
      rival.release();
    }
  }

  it("is refused as taken", async () => {
    const error = await createDuring(["RIVAL-1"], own("rival-1"));
    expect(error).toBeInstanceOf(DomainError);
    expect((error as DomainError).message).toContain("“RIVAL-1” is taken: in campaign “Refer a friend”");
    expect(await written()).toMatchObject({ referrals: 1, operations: 0 });
  });

  it("is left out of a batch, which is exact all the same", async () => {
    const space = codeSpace("Y-##", "0123456789", "insensitive-uppercase");
    const codes = Array.from({ length: 60 }, (_, number) => codeAt(space, number));
    await createDuring(codes, many(40, "Y-##", "0123456789"));
    expect(await written()).toEqual({ referrals: 100, operations: 1, changes: 40, batches: 1, counted: [60, 40] });
  });
});

describe("single codes made at the same moment", () => {
  const generated = (pattern: string, characters: string, advocate: string) => ({
    kind: "generated",
    advocate,
    friend: null,
    pattern,
    characters,
  });

  it("are all different, and exactly as many as the pattern has", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 34 }, (_, index) =>
        create(generated("ONE-#", "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", `cust_${index}`)),
      ),
    );
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refused).toHaveLength(2);
    for (const reason of refused)
      expect(reason).toMatchObject({ code: "invalid", more: { fields: { pattern: expect.any(String) } } });
    expect(await written()).toEqual({ referrals: 32, operations: 32, changes: 32, batches: 0, counted: [32, 0] });
  });

  it("wait for no creation that is not over", async () => {
    const rival = await pool.connect();
    try {
      await rival.query("BEGIN");
      await rival.query(
        `INSERT INTO operation (application_id, campaign_id, kind, effect, state, actor_kind, actor_id, actor_name, request_key, applied)
         VALUES ($1, $2, 'create', 'create', 'applied', 'person', 'local', 'local', 'not over', now())`,
        [scope.applicationId, scope.campaignId],
      );
      await rival.query("SELECT pg_advisory_xact_lock(7310001, $1)", [scope.applicationId]);
      await create(generated("FREE-####", "ABCDEFGHJK", "cust_1"));
      await create(many(1000, "FREE-####"));
      expect(await written()).toMatchObject({ referrals: 1001, counted: [1001, 0] });
    } finally {
      await rival.query("ROLLBACK");
      rival.release();
    }
  });
});

describe("sending a form twice", () => {
  it("makes the codes once and answers the same", async () => {
    const input = { ...many(50), requestKey: randomUUID() };
    const [first, second] = await Promise.all([create(input), create(input)]);
    const third = await create(input);
    expect([second, third]).toEqual([first, first]);
    expect(await written()).toEqual({ referrals: 50, operations: 1, changes: 50, batches: 1, counted: [50, 0] });
  });

  it("answers the same though the pattern is used up by then", async () => {
    const input = { ...many(100, "X-##", "0123456789"), requestKey: randomUUID() };
    expect(await create(input)).toEqual(await create(input));
  });

  it("refuses another content under the same key", async () => {
    const requestKey = randomUUID();
    await create({ ...many(3), requestKey });
    expect((await refusal(create({ ...many(4), requestKey }))).code).toBe("conflict");
    expect((await refusal(create({ ...many(3), requestKey, usageLimit: 9 }))).code).toBe("conflict");
    expect((await refusal(create({ ...many(3), requestKey, scope: other }))).code).toBe("conflict");
    expect(await written()).toMatchObject({ referrals: 3, operations: 1 });
  });
});
