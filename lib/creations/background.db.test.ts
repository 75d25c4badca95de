import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { codeAt, codeSpace } from "@/lib/codes/generator";
import { recordedFields } from "@/lib/codes/sql";
import { createReferrals } from "@/lib/creations/commands";
import { createReferralsInput } from "@/lib/creations/schema";
import { db, Prisma, pool } from "@/lib/db";
import { linesAtOnce } from "@/lib/imports/background";
import { applyPlan } from "@/lib/operations/apply";
import { cancelOperation } from "@/lib/operations/control";
import { getOperation, listProgress } from "@/lib/operations/queries";
import { written } from "@/lib/operations/record";
import { planUndo } from "@/lib/operations/undo";
import { admitted, countDrift, makeBatch, makeCampaign, snapshot } from "@/lib/testing/builders";
import { sendList } from "@/lib/testing/lists";
import { workOnce } from "@/lib/testing/work";

const size = 4 * linesAtOnce + 123;

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const advocates = Array.from({ length: size }, (_, index) => `cust_${index}`);

async function create({ list = advocates, ...more }: { list?: string[]; [name: string]: unknown } = {}) {
  const input = createReferralsInput.parse({
    ...{ kind: "many", scope, requestKey: randomUUID(), listId: await sendList(admitted(scope), list) },
    ...{ pattern: "####-####", characters: "ABCDEFGHJK", usageLimit: 5, validFrom: null },
    ...{ validUntil: "2027-01-31T23:00:00Z", attributes: { tier: "gold" }, ...more },
  });
  return createReferrals(admitted(scope), input);
}

/** Works until `transactions` of the worker's are committed. */
async function workFor(transactions: number): Promise<void> {
  let left = transactions;
  await workOnce("brief", () => left-- === 0);
}

const listed = () =>
  db.referral.findMany({ where: scope, orderBy: [{ created: "asc" }, { id: "asc" }], omit: { attributes: true } });

/** What was made is recorded and counted, and nothing waits any more. */
async function expectExact(operationId: string): Promise<void> {
  const { rows } = await pool.query(
    `SELECT (SELECT count(*) FROM referral WHERE application_id = $1) AS codes,
       (SELECT count(*) FROM change c JOIN referral r ON r.application_id = c.application_id AND r.id = c.referral_id
          AND r.code = c.code JOIN operation o ON o.application_id = c.application_id AND o.id = c.operation_id
        WHERE ${written.sql} = ${recordedFields(Prisma.sql`r`).sql} AND c.application_id = $1 AND c.operation_id = $2) AS recorded,
       (SELECT count(*) FROM import_row WHERE application_id = $1) + (SELECT count(*) FROM import WHERE application_id = $1) AS staged`,
    [scope.applicationId, operationId],
  );
  expect(rows[0]).toEqual({ codes: rows[0].codes, recorded: rows[0].codes, staged: "0" });
  expect(await countDrift(scope)).toBe(0);
  expect(await getOperation(admitted(scope), operationId)).toMatchObject({
    running: false,
    changed: Number(rows[0].codes),
  });
}

describe("a creation for many advocates", () => {
  it("is carried out in the background: one code each, in the order of the list, recorded; and undone", async () => {
    const requestKey = randomUUID();
    const { operationId, running } = await create({ requestKey });
    expect(running).toBe(true);
    expect(await create({ requestKey })).toEqual({ operationId, running });
    expect(await snapshot(scope)).toBe("");
    await workFor(1);
    expect(await listProgress(admitted(scope))).toMatchObject([
      { id: operationId, done: 2 * linesAtOnce, total: size, finished: false },
    ]);
    await workOnce("worker");
    const made = await listed();
    expect(made.map((referral) => referral.advocateIntegrationId)).toEqual(advocates);
    expect(new Set(made.map((referral) => referral.code)).size).toBe(size);
    expect(made[0]).toMatchObject({ usageLimit: 5, validUntil: new Date("2027-01-31T23:00:00Z"), origin: "created" });
    await expectExact(operationId);
    expect(await create({ requestKey })).toMatchObject({ operationId });
    await expectExact(operationId);

    const plan = await planUndo(admitted(scope), { operationId });
    await workOnce("worker");
    await applyPlan(admitted(scope), { planId: plan.planId });
    await workOnce("worker");
    expect(await snapshot(scope)).toBe("");
  });

  it("goes on where a killed worker stopped, also between a part and its count", async () => {
    const { operationId } = await create();
    await workFor(1);
    await pool.query(
      "UPDATE operation SET done = 0, changed = 0, lease_owner = 'killed', lease_until = now() WHERE id = $1",
      [operationId],
    );
    await workOnce("worker");
    expect((await listed()).map((referral) => referral.advocateIntegrationId)).toEqual(advocates);
    await expectExact(operationId);
  });

  it("stops when cancelled, with a stated part", async () => {
    const { operationId } = await create();
    await workFor(1);
    await cancelOperation(admitted(scope), { operationId });
    await workOnce("worker");
    await expectExact(operationId);
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({
      cancelled: true,
      changed: 2 * linesAtOnce,
      refused: size - 2 * linesAtOnce,
    });
  });

  it("is refused before it starts where the pattern has too little room, and ends early where others use it up", async () => {
    await expect(create({ pattern: "####-" })).rejects.toThrow("can give 10,000 codes");
    expect(await db.operation.count({ where: scope })).toBe(0);
    const space = { pattern: "#####", characters: "ABCDEFGHI" }; // 59,049 codes
    const { operationId } = await create(space);
    await workFor(1);
    const free = await pool.query(
      `SELECT code FROM (SELECT chr(65 + a) || chr(65 + b) || chr(65 + c) || chr(65 + d) || chr(65 + e) AS code
         FROM generate_series(0, 8) a, generate_series(0, 8) b, generate_series(0, 8) c, generate_series(0, 8) d, generate_series(0, 8) e) s
       WHERE NOT EXISTS (SELECT FROM referral WHERE application_id = $1 AND code_key = s.code) LIMIT 30000`,
      [scope.applicationId],
    );
    await makeBatch(scope, free.rows);
    await workOnce("worker");
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({
      running: false,
      cancelled: true,
      changed: 2 * linesAtOnce,
      refused: size - 2 * linesAtOnce,
    });
    expect(await countDrift(scope)).toBe(0);
  });

  it("draws again for the part that lost a code to somebody, and asks for no more room than that part needs", async () => {
    const space = { pattern: "####-", characters: "ABCDEFGHIJKL" }; // 20,736 codes
    const all = codeSpace(space.pattern, space.characters, "insensitive-uppercase");
    const wanted = 2 * linesAtOnce + 1;
    const spare = Number(all.capacity) - wanted;
    await makeBatch(
      scope,
      Array.from({ length: spare }, (_, number) => ({ code: codeAt(all, number) })),
    );
    const { operationId } = await create({ ...space, list: advocates.slice(0, wanted) });
    const client = await pool.connect();
    await client.query("BEGIN");
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await client.query(
      `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit, origin)
       VALUES ($1, $2, $3, $3, 'taken', 'x', 1, 'created')`,
      [scope.applicationId, scope.campaignId, codeAt(all, spare)],
    );
    const working = workOnce("worker");
    await expect
      .poll(
        async () =>
          (await pool.query("SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))", [rows[0]?.pid]))
            .rowCount,
        { timeout: 30_000 },
      )
      .toBeGreaterThanOrEqual(1); // the database's own upkeep may wait as well
    await client.query("COMMIT");
    client.release();
    await working;
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({
      running: false,
      changed: 2 * linesAtOnce,
    });
    expect(await countDrift(scope)).toBe(0);
  });
});
