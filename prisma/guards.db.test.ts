import type { PoolClient } from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { pool } from "@/lib/db";
import { makeBatch, makeCampaign } from "@/lib/testing/builders";

// What the migration of bulk writes promises in place of foreign keys: no code or change without its parents.

let scope: CampaignIds;
let batch: { batchId: string; operationId: string };
beforeEach(async () => {
  scope = await makeCampaign();
  batch = await makeBatch(scope, [{ code: "GUARD-1" }]);
});

/** Two connections with a transaction each, rolled back at the end. */
async function two(run: (first: PoolClient, second: PoolClient) => Promise<void>): Promise<void> {
  const clients = [await pool.connect(), await pool.connect()] as const;
  for (const client of clients) await client.query("BEGIN");
  try {
    await run(...clients);
  } finally {
    for (const client of clients) client.release(true);
  }
}

async function untilWaiting(client: PoolClient): Promise<void> {
  const { processID } = client as PoolClient & { processID: number };
  for (;;) {
    const { rows } = await pool.query("SELECT cardinality(pg_blocking_pids($1)) AS blockers", [processID]);
    if (rows[0].blockers > 0) return;
  }
}

type Statement = [string, unknown[]];
const addCode = (campaignId = scope.campaignId, batchId: string | null = batch.batchId): Statement => [
  `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit, origin, batch_id)
     VALUES ($1, $2, 'GUARD-2', 'GUARD-2', 'guard2', 'a', 1, 'api', $3)`,
  [scope.applicationId, campaignId, batchId],
];
const addChange = (operationId: string): Statement => [
  "INSERT INTO change (application_id, operation_id, referral_id, code) VALUES ($1, $2, 999999999, 'GUARD-2')",
  [scope.applicationId, operationId],
];
const violation = { code: expect.stringMatching(/^23(503|001)$/) }; // the latter where a key of PostgreSQL is first

const refused = (statement: Statement) =>
  expect(pool.query(statement[0], statement[1])).rejects.toMatchObject(violation);

describe("a parent that does not exist", () => {
  it.each([
    ["campaign", () => addCode(2_000_000_000, null)],
    ["campaign of another application", () => addCode(scope.campaignId - 1, null)],
    ["batch", () => addCode(scope.campaignId, "nosuchba")],
    ["operation", () => addChange("9000000000")],
  ])("is refused: %s", async (_what, statement) => refused(statement()));
});

describe("a parent that has children", () => {
  it.each([
    ["deleted, a campaign", "DELETE FROM campaign WHERE application_id = $1"],
    ["deleted, a batch", "DELETE FROM batch WHERE application_id = $1"],
    ["renamed, a campaign", "UPDATE campaign SET id = id + 1000000 WHERE application_id = $1"],
    ["renamed, a batch", "UPDATE batch SET batch_id = 'othernam' WHERE application_id = $1"],
    ["renamed, an operation", "UPDATE operation SET id = id + 1000000 WHERE application_id = $1"],
    ["left, a campaign", "UPDATE referral SET campaign_id = campaign_id + 1000000 WHERE application_id = $1"],
    ["left, a batch", "UPDATE referral SET batch_id = NULL WHERE application_id = $1"],
    ["left, an operation", "UPDATE change SET operation_id = operation_id + 1000000 WHERE application_id = $1"],
  ])("is not %s", async (_what, sql) => refused([sql, [scope.applicationId]]));

  it.each(["campaign", "batch", "operation"])("is not truncated: %s", async (table) =>
    refused([`TRUNCATE ${table} CASCADE`, []]),
  );

  it("may be changed otherwise, and be named by codes that are", async () => {
    await pool.query("UPDATE batch SET batch_id = batch_id, created = now() WHERE application_id = $1", [
      scope.applicationId,
    ]);
    await pool.query("UPDATE referral SET batch_id = batch_id, usage_limit = 5 WHERE application_id = $1", [
      scope.applicationId,
    ]);
  });

  it("takes its recorded changes along when it is an operation", async () => {
    await pool.query("DELETE FROM referral WHERE application_id = $1", [scope.applicationId]);
    await pool.query("DELETE FROM batch WHERE application_id = $1", [scope.applicationId]);
    await pool.query("DELETE FROM operation WHERE application_id = $1", [scope.applicationId]);
    const { rows } = await pool.query("SELECT FROM change WHERE application_id = $1", [scope.applicationId]);
    expect(rows).toEqual([]);
  });
});

describe("at the same moment", () => {
  const cases = [
    {
      parent: "a batch",
      remove: "DELETE FROM batch WHERE application_id = $1",
      prepare: () => pool.query("DELETE FROM referral WHERE application_id = $1", [scope.applicationId]),
      add: () => addCode(),
    },
    {
      parent: "a campaign",
      remove: "DELETE FROM campaign WHERE application_id = $1",
      prepare: async () => {
        scope = await makeCampaign(); // nothing else holds on to it
      },
      add: () => addCode(scope.campaignId, null),
    },
  ];

  it.each(cases)("a deletion of $parent waits for a child that is added, and is refused", async (one) => {
    await one.prepare();
    await two(async (adds, deletes) => {
      await adds.query(one.add()[0], one.add()[1]);
      const deletion = expect(deletes.query(one.remove, [scope.applicationId])).rejects.toMatchObject(violation);
      await untilWaiting(deletes);
      await adds.query("COMMIT");
      await deletion;
    });
  });

  it("a child waits for the deletion of its batch, and is refused", async () => {
    await pool.query("DELETE FROM referral WHERE application_id = $1", [scope.applicationId]);
    await two(async (deletes, adds) => {
      await deletes.query("DELETE FROM batch WHERE application_id = $1", [scope.applicationId]);
      const addition = expect(adds.query(addCode()[0], addCode()[1])).rejects.toMatchObject(violation);
      await untilWaiting(adds);
      await deletes.query("COMMIT");
      await addition;
    });
  });

  it("a recorded change and the deletion of its operation leave nothing without a parent, whoever comes first", async () => {
    const remove: Statement = [
      "DELETE FROM operation WHERE application_id = $1 AND id = $2",
      [scope.applicationId, batch.operationId],
    ];
    await pool.query("DELETE FROM referral WHERE application_id = $1", [scope.applicationId]);
    await pool.query("DELETE FROM batch WHERE application_id = $1", [scope.applicationId]);
    await two(async (adds, deletes) => {
      await adds.query(addChange(batch.operationId)[0], addChange(batch.operationId)[1]);
      const deletion = deletes.query(remove[0], remove[1]);
      await untilWaiting(deletes);
      await adds.query("COMMIT");
      await deletion;
      const { rows } = await deletes.query("SELECT FROM change WHERE application_id = $1", [scope.applicationId]);
      expect(rows).toEqual([]);
    });
    await two(async (deletes, adds) => {
      await deletes.query(remove[0], remove[1]);
      const addition = adds.query(addChange(batch.operationId)[0], addChange(batch.operationId)[1]);
      const refusal = expect(addition).rejects.toMatchObject(violation);
      await untilWaiting(adds);
      await deletes.query("COMMIT");
      await refusal;
    });
  });

  it("a deletion with a snapshot from before is refused, for it could not see new children", async () => {
    const deletion = pool.query(
      `BEGIN ISOLATION LEVEL REPEATABLE READ; DELETE FROM batch WHERE application_id = ${scope.applicationId}; COMMIT`,
    );
    await expect(deletion).rejects.toThrow("under READ COMMITTED only");
    await pool.query("ROLLBACK");
  });
});
