import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { commitImport, discardImport } from "@/lib/imports/commands";
import { getImport, listProblems } from "@/lib/imports/queries";
import { failedRowsFile } from "@/lib/imports/row-files";
import { applyPlan } from "@/lib/operations/apply";
import { planUndo } from "@/lib/operations/undo";
import { admitted, countDrift, makeBatch, makeCampaign, snapshot } from "@/lib/testing/builders";
import { header, importing, makeImportCampaign } from "@/lib/testing/imports";
import { refusal } from "@/lib/testing/refusal";
import { webStream } from "@/lib/web-stream";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeImportCampaign();
});

const { stage, commit, found } = importing(() => scope);

async function stagedRows(): Promise<number> {
  return db.importRow.count({ where: { applicationId: scope.applicationId } });
}

const failedRows = async (importId: string) => {
  const rows = failedRowsFile(admitted(scope), await found(importId));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await new Response(webStream(rows)).arrayBuffer());
};

describe("the good rows alone", () => {
  const good = (importId: string) => commitImport(admitted(scope), { importId, onlyGood: true });

  it("become the import, which says how many it left out and can be undone; the others stay a file", async () => {
    const importId = await stage(header, "GOOD-1,a\nx,b\nGOOD-2,c\nGOOD-1,d\n");
    const before = await failedRows(importId);
    expect((await refusal(commit(importId))).code).toBe("conflict");
    const made = await good(importId);
    expect(made).toMatchObject({ codes: 2, running: false });
    expect(await good(importId)).toEqual(made);
    const detail = await found(importId);
    expect(detail).toMatchObject({ rowCount: 4, failedCount: 2, committed: { codes: 2, leftOut: 2, left: 0 } });
    expect(await failedRows(importId)).toBe(before);
    expect(before.split("\r\n")[1]).toMatch(/^x,b,3,"?code: /);
    const rows = await db.referral.findMany({ where: scope, orderBy: { id: "asc" } });
    expect(rows.map((row) => [row.code, row.advocateIntegrationId])).toEqual([
      ["GOOD-2", "c"],
      ["GOOD-1", "a"],
    ]);
    const plan = await planUndo(admitted(scope), { operationId: made.operationId });
    await applyPlan(admitted(scope), { planId: plan.planId });
    expect(await snapshot(scope)).toBe("");
  });

  it("are refused where there are none, and where one of them was taken since the check", async () => {
    expect((await refusal(good(await stage(header, "x,b\n")))).reason).toEqual({ reason: "import_refused_whole" });
    const importId = await stage(header, "FREE-1,a\nFREE-2,b\nx,c\n");
    await makeBatch(scope, [{ code: "FREE-1" }]);
    expect((await refusal(good(importId))).code).toBe("conflict");
    expect(await found(importId)).toMatchObject({ failedCount: 2, committed: null });
    expect(await good(importId)).toMatchObject({ codes: 1 });
  });
});

describe("codes that are taken", () => {
  it("are found by the check, in any case, with the campaign that has them", async () => {
    await makeBatch(scope, [{ code: "TAKEN-1" }]);
    const detail = await found(await stage(header, "taken-1,a\nFREE-1,b\n"));
    expect(detail).toMatchObject({ rowCount: 2, failedCount: 1, causes: [{ cause: "taken", count: 1 }] });
    expect((await listProblems(admitted(scope), detail)).problems).toMatchObject([
      { line: 2, column: "code", value: "taken-1", reason: { reason: "row_taken", campaign: "Refer a friend" } },
    ]);
  });

  it("of a file that was checked before there were reasons are shown by their sentences", async () => {
    const importId = await stage(header, "SAME-1,a\nSAME-1,b\n");
    const message = "Line 2 has this code already. Remove one of the two rows.";
    const old = JSON.stringify([{ cause: "repeated", column: "code", message }]);
    await db.$executeRaw`UPDATE import_row SET problems = ${old}::jsonb WHERE import_id = ${BigInt(importId)} AND line = 3`;
    const detail = await found(importId);
    const { problems } = await listProblems(admitted(scope), detail);
    expect(problems).toMatchObject([{ line: 3, value: "SAME-1", reason: { reason: "row_told", message } }]);
    expect(await failedRows(importId)).toContain(`code: ${message}`);
  });

  it("between check and commit refuse the whole file, and are named then", async () => {
    const importId = await stage(header, "FIRST-1,a\nFIRST-2,b\nFIRST-3,c\n");
    await makeBatch(scope, [{ code: "FIRST-2" }]);
    const before = await snapshot(scope);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect((await refusal(commit(importId))).code).toBe("conflict");
    }
    expect(await snapshot(scope)).toBe(before);
    const detail = await found(importId);
    expect(detail).toMatchObject({ failedCount: 1, causes: [{ cause: "taken", count: 1 }] });
    expect((await listProblems(admitted(scope), detail)).problems).toMatchObject([{ line: 3, cause: "taken" }]);
    expect(await countDrift(scope)).toBe(0);
  });

  it("count in their own application only", async () => {
    const other = await makeCampaign();
    await makeBatch(other, [{ code: "SHARED-1" }]);
    expect(await commit(await stage(header, "SHARED-1,a\n"))).toMatchObject({ codes: 1 });
  });
});

describe("a commit", () => {
  it("asked for many times makes one batch", async () => {
    const importId = await stage(header, "ONCE-1,a\nONCE-2,b\n");
    const answers = await Promise.all(Array.from({ length: 4 }, () => commit(importId)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await db.batch.count({ where: scope })).toBe(1);
    expect(await db.referral.count({ where: scope })).toBe(2);
  });

  it("of two files with the same codes is one of them", async () => {
    const both = [await stage(header, "SAME-1,a\nSAME-2,b\n"), await stage(header, "SAME-2,b\nSAME-1,a\n")];
    const outcomes = await Promise.allSettled(both.map(commit));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.referral.count({ where: scope })).toBe(2);
    expect(await countDrift(scope)).toBe(0);
  });

  it("asked for several times at once says the same to all where a code was taken since the check", async () => {
    const importId = await stage(header, "MINE-1,a\nMINE-2,b\n");
    await makeBatch(scope, [{ code: "MINE-2" }]);
    const refusals = await Promise.all(Array.from({ length: 4 }, () => refusal(commit(importId))));
    expect(refusals.map(({ code }) => code)).toEqual(["conflict", "conflict", "conflict", "conflict"]);
    expect((await found(importId)).failedCount).toBe(1);
    expect(await db.referral.count({ where: scope })).toBe(1);
  });

  it("is tried again where a deadlock ended it", async () => {
    const importId = await stage(header, "LOCK-1,a\nLOCK-2,b\n");
    const client = await pool.connect();
    await client.query("SET deadlock_timeout = '60s'; BEGIN"); // so that the commit is the one that is ended
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await client.query(
      `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit, origin)
       VALUES ($1, $2, 'LOCK-1', 'LOCK-1', 'lock1', 'x', 1, 'created')`,
      [scope.applicationId, scope.campaignId],
    );
    const committing = commit(importId);
    await expect
      .poll(async () => {
        const waiting = await pool.query("SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))", [
          rows[0]?.pid,
        ]);
        return waiting.rowCount;
      })
      .toBe(1);
    const closing = client.query("SELECT FROM import WHERE id = $1 FOR UPDATE", [importId]);
    await closing; // the commit was ended by the deadlock, and waits for this row again
    await client.query("ROLLBACK");
    client.release(true);
    expect(await committing).toMatchObject({ codes: 2 });
  });

  it("says so when a crash has emptied the checked rows", async () => {
    const importId = await stage(header, "LOST-1,a\n");
    await pool.query("DELETE FROM import_row WHERE application_id = $1", [scope.applicationId]);
    expect((await found(importId)).lost).toBe(true);
    expect((await refusal(commit(importId))).code).toBe("stale");
  });

  it("is refused for another campaign's file and for one that was discarded", async () => {
    const importId = await stage(header, "SCOPE-1,a\n");
    const stranger = await makeCampaign();
    expect((await refusal(commitImport(admitted(stranger), { importId }))).code).toBe("not_found");
    expect(await getImport(admitted(stranger), importId)).toBeNull();
    await discardImport(admitted(stranger), { importId });
    expect((await found(importId)).rowCount).toBe(1);
    await discardImport(admitted(scope), { importId });
    await discardImport(admitted(scope), { importId });
    expect(await stagedRows()).toBe(0);
    expect((await refusal(commit(importId))).code).toBe("not_found");
  });

  it("cannot be discarded any more", async () => {
    const importId = await stage(header, "KEPT-1,a\n");
    await commit(importId);
    expect((await refusal(discardImport(admitted(scope), { importId }))).code).toBe("conflict");
  });
});
