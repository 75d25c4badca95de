import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { recordedFields } from "@/lib/codes/sql";
import { db, Prisma, pool } from "@/lib/db";
import { commitImport } from "@/lib/imports/commands";
import { stageImport } from "@/lib/imports/staging";
import { applyPlan } from "@/lib/operations/apply";
import { listChanges, listHistory } from "@/lib/operations/queries";
import { planUndo } from "@/lib/operations/undo";
import { admitted, makeBatch, makeCampaign, makeLargeBatch, snapshot } from "@/lib/testing/builders";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const page = { show: "changed", before: null, size: 10 } as const;
const unset = { validFrom: null, validUntil: null, friendIntegrationId: null };
const stored = async (operationId: string) => {
  const changes = await db.change.findMany({
    where: { applicationId: scope.applicationId, operationId: BigInt(operationId) },
    orderBy: { code: "asc" },
  });
  const operation = await db.operation.findFirstOrThrow({ where: { id: BigInt(operationId) } });
  return { given: operation.given, beside: changes.map(({ after }) => after) };
};
const told = async (operationId: string) => {
  const { rows } = await listChanges(admitted(scope), operationId, page);
  return Object.fromEntries(rows.map(({ code, after }) => [code, after]));
};

async function imported(lines: string[]): Promise<string> {
  const columns = "code,advocateprofileintegrationid,startdate,expirydate,limitval,attributes";
  async function* body() {
    yield Buffer.from(`${[columns, ...lines].join("\n")}\n`);
  }
  const importId = await stageImport(admitted(scope), { name: "codes.csv", body: body() });
  return (await commitImport(admitted(scope), { importId })).operationId;
}

/** Records a creation as it was done before values were kept once: each code whole. */
async function recordWhole(operationId: string): Promise<void> {
  await pool.query(
    `UPDATE change c SET after = ${recordedFields(Prisma.sql`r`).sql} FROM referral r
     WHERE c.operation_id = $1 AND r.application_id = c.application_id AND r.id = c.referral_id`,
    [operationId],
  );
  await pool.query("UPDATE operation SET given = NULL WHERE id = $1", [operationId]);
}

describe("the record of new codes", () => {
  it("keeps once what all rows of a file have alike, and of each row what differs", async () => {
    const operationId = await imported([
      'AAAA,cust,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z,5,"{""tier"":""gold"",""points"":1}"',
      'BBBB,cust,2026-01-01T00:00:00Z,,5,"{""tier"":""gold"",""points"":2}"',
      'CCCC,cust,2026-01-01T00:00:00Z,2028-01-01T00:00:00Z,5,"{""tier"":""gold""}"',
    ]);
    expect(await stored(operationId)).toEqual({
      given: { usageLimit: 5, validFrom: "2026-01-01T00:00:00+00:00", "attributes.tier": "gold" },
      beside: [
        { validUntil: "2027-01-01T00:00:00+00:00", "attributes.points": 1 },
        { "attributes.points": 2 },
        { validUntil: "2028-01-01T00:00:00+00:00" },
      ],
    });
    const alike = { ...unset, usageLimit: 5, validFrom: "2026-01-01T00:00:00+00:00", "attributes.tier": "gold" };
    expect(await told(operationId)).toEqual({
      AAAA: { ...alike, validUntil: "2027-01-01T00:00:00+00:00", "attributes.points": 1 },
      BBBB: { ...alike, "attributes.points": 2 },
      CCCC: { ...alike, validUntil: "2028-01-01T00:00:00+00:00" },
    });
  });

  it("tells the same where each code was recorded whole", async () => {
    const { operationId, ids } = await makeBatch(scope, [
      { code: "AAAA", attributes: { tier: "gold" } },
      { code: "BBBB", usageLimit: 3, validUntil: "2030-01-01T00:00:00Z" },
    ]);
    const before = await told(operationId);
    expect(before).toMatchObject({ AAAA: { ...unset, usageLimit: 10, "attributes.tier": "gold" } });
    const [history] = await listHistory(admitted(scope), ids[1] ?? "", 10);
    expect(history?.after).toEqual({ ...unset, usageLimit: 3, validUntil: "2030-01-01T00:00:00+00:00" });
    await recordWhole(operationId);
    expect(await told(operationId)).toEqual(before);
    expect(await listHistory(admitted(scope), ids[1] ?? "", 10)).toEqual([history]);
  });

  it.each([
    ["kept once", async () => {}],
    ["kept whole", recordWhole],
  ])("is what undoing goes by, %s: codes that were edited stay, and what went comes back", async (_, keep) => {
    const operationId = await imported(["AAAA,cust,,,5,", "BBBB,cust,,,7,", "CCCC,cust,,,7,"]);
    await keep(operationId);
    await pool.query("UPDATE referral SET usage_limit = 5 WHERE application_id = $1 AND code = 'CCCC'", [
      scope.applicationId,
    ]);
    const made = await snapshot(scope);
    const undo = await planUndo(admitted(scope), { operationId });
    expect(undo).toMatchObject({ changed: 2, refused: 1 });
    expect(undo.summary.refusals).toMatchObject([{ refusal: "changed_since", codes: ["CCCC"] }]);
    await applyPlan(admitted(scope), undo);
    expect(await db.referral.count({ where: scope })).toBe(1);
    const back = await planUndo(admitted(scope), { operationId: undo.planId });
    await applyPlan(admitted(scope), back);
    expect(await snapshot(scope)).toBe(made);
    expect(await told(back.planId)).toMatchObject({ BBBB: { ...unset, usageLimit: 7 } });
  });

  it("takes a key and the code where all codes are alike", async () => {
    await makeLargeBatch(scope, 20_000);
    const { rows } = await pool.query(
      "SELECT max(pg_column_size(c)) AS bytes FROM change c WHERE application_id = $1",
      [scope.applicationId],
    );
    expect(rows[0].bytes).toBeLessThan(80);
  });
});
