import { randomInt } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { recordedFields } from "@/lib/codes/sql";
import { db, Prisma, pool } from "@/lib/db";
import { linesAtOnce } from "@/lib/imports/background";
import { commitImport } from "@/lib/imports/commands";
import { getImport, listProblems } from "@/lib/imports/queries";
import { failedRowsFile, restFile } from "@/lib/imports/row-files";
import { stageImport } from "@/lib/imports/staging";
import { applyPlan } from "@/lib/operations/apply";
import { cancelOperation } from "@/lib/operations/control";
import { planDelete } from "@/lib/operations/delete";
import { getOperation, listHistory, listProgress } from "@/lib/operations/queries";
import { written } from "@/lib/operations/record";
import { inlineLimit } from "@/lib/operations/rules";
import { planUndo } from "@/lib/operations/undo";
import { admitted, countDrift, makeBatch, makeCampaign, snapshot } from "@/lib/testing/builders";
import { workOnce } from "@/lib/testing/work";
import { killWorkerProcesses, startWorkerProcess } from "@/lib/testing/worker-processes";

const size = 2 * linesAtOnce + 5000; // more than is imported at once, in two transactions of the worker

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const code = (row: number) => `BG-${String(row).padStart(6, "0")}`;

async function* file(rows: number): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode("code,advocateprofileintegrationid,limitval\n");
  for (let row = 0; row < rows; row += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - row) }, (_, n) => `${code(row + n)},cust_${row + n},3\n`);
    yield new TextEncoder().encode(lines.join(""));
  }
}

const stage = (rows = size) => stageImport(admitted(scope), { name: "codes.csv", body: file(rows) });

/** Checks and commits a large file; nothing of it is imported yet. */
async function started(rows = size) {
  const importId = await stage(rows);
  const commit = await commitImport(admitted(scope), { importId });
  expect(commit).toMatchObject({ running: true, codes: rows });
  return { importId, operationId: commit.operationId };
}

const work = () => workOnce("worker");

/** Works until `transactions` of the worker's are committed, each of which imports two parts. */
async function workFor(transactions: number): Promise<void> {
  let left = transactions;
  await workOnce("brief", () => left-- === 0);
}

async function found(importId: string) {
  const detail = await getImport(admitted(scope), importId);
  if (!detail) throw new Error("no such import");
  return detail;
}

async function listed(): Promise<string[]> {
  const rows = await db.referral.findMany({
    where: scope,
    orderBy: [{ created: "desc" }, { id: "desc" }],
    select: { code: true },
  });
  return rows.map((row) => row.code);
}

const all = (rows = size) => Array.from({ length: rows }, (_, row) => code(row));

/** What was imported is recorded, counted and whole; `left` rows are still there to be had as a file. */
async function expectExact(operationId: string, left = 0): Promise<void> {
  const { rows } = await pool.query(
    `SELECT (SELECT count(*) FROM referral WHERE application_id = $1) AS codes,
       (SELECT count(*) FROM change c JOIN referral r ON r.application_id = c.application_id AND r.id = c.referral_id
          AND r.code = c.code JOIN operation o ON o.application_id = c.application_id AND o.id = c.operation_id
        WHERE ${written.sql} = ${recordedFields(Prisma.sql`r`).sql} AND c.application_id = $1 AND c.operation_id = $2) AS recorded,
       (SELECT count(*) FROM change WHERE application_id = $1 AND operation_id = $2) AS changes,
       (SELECT count(*) FROM import_row WHERE application_id = $1 AND problems IS NULL) AS staged`,
    [scope.applicationId, operationId],
  );
  const { codes, recorded, changes, staged } = rows[0];
  expect({ recorded, changes, staged }).toEqual({ recorded: codes, changes: codes, staged: String(left) });
  expect(await countDrift(scope)).toBe(0);
  expect(await getOperation(admitted(scope), operationId)).toMatchObject({ running: false, changed: Number(codes) });
}

describe("a large file", () => {
  it("is imported in the background, in the order of the file, with its record, and undone", async () => {
    const { importId, operationId } = await started();
    expect(await snapshot(scope)).toBe("");
    expect(await commitImport(admitted(scope), { importId })).toMatchObject({ operationId, running: true });
    await workFor(1);
    const [progress] = await listProgress(admitted(scope));
    expect(progress).toMatchObject({ id: operationId, total: size, finished: false });
    const there = await listed();
    expect(there).toEqual(all().slice(-there.length));
    expect(progress?.done).toBe(there.length);
    const last = await db.referral.findFirstOrThrow({ where: { ...scope, code: code(size - 1) } });
    expect(await listHistory(admitted(scope), String(last.id), 5)).toMatchObject([{ kind: "import" }]);

    await work();
    expect(await listed()).toEqual(all());
    await expectExact(operationId);
    expect((await found(importId)).committed).toMatchObject({ codes: size, running: false, left: 0, problem: null });
    expect(await commitImport(admitted(scope), { importId })).toMatchObject({ codes: size, running: false });

    const plan = await planUndo(admitted(scope), { operationId });
    await work();
    await applyPlan(admitted(scope), { planId: plan.planId });
    await work();
    expect(await snapshot(scope)).toBe("");
  });

  it("is whole although somebody deletes a code of it meanwhile", async () => {
    const { importId, operationId } = await started();
    await workFor(1);
    const [made] = await db.referral.findMany({ where: scope, take: 1, select: { id: true } });
    const deletion = await planDelete(admitted(scope), {
      keepRedeemed: false,
      selection: { by: "ids", ids: [String(made?.id)] },
    });
    await applyPlan(admitted(scope), { planId: deletion.planId });
    await work();
    expect((await found(importId)).committed).toMatchObject({ codes: size, running: false, left: 0, problem: null });
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ changed: size, cancelled: false });
    expect(await listed()).toHaveLength(size - 1);
  });

  it("is not undone by an undoing that was cancelled", async () => {
    const { importId, operationId } = await started();
    await work();
    const plan = await planUndo(admitted(scope), { operationId });
    await work();
    await applyPlan(admitted(scope), { planId: plan.planId });
    await workFor(1);
    await cancelOperation(admitted(scope), { operationId: plan.planId });
    await work();
    expect((await found(importId)).committed).toMatchObject({ undoneBy: null });
  });

  it("leaves codes that somebody took since the check, lists them, and gives them as a file", async () => {
    const importId = await stage();
    const taken = [7, 8, linesAtOnce + 1, size - 1];
    await makeBatch(
      scope,
      taken.map((row) => ({ code: code(row) })),
    );
    const { operationId } = await commitImport(admitted(scope), { importId });
    await work();
    expect(await listProgress(admitted(scope), { operationId })).toMatchObject([
      { finished: true, done: size, total: size, changed: size - taken.length, refused: taken.length },
    ]);
    const detail = await found(importId);
    expect(detail).toMatchObject({ failedCount: taken.length, committed: { codes: size - taken.length, left: 0 } });
    const { problems } = await listProblems(admitted(scope), detail);
    expect(problems.map(({ line, cause, value }) => [line - 2, cause, value])).toEqual(
      taken.map((row) => [row, "taken", code(row)]),
    );
    let text = "";
    for await (const piece of failedRowsFile(admitted(scope), detail)) text += new TextDecoder().decode(piece);
    expect(text.trim().split("\r\n")).toHaveLength(taken.length + 1);
    expect(await countDrift(scope)).toBe(0);
  });

  it("is imported without its refused rows, which stay a file, and beside them what was taken since", async () => {
    const wrong = linesAtOnce;
    async function* mixed() {
      yield* file(size);
      yield new TextEncoder().encode("x,nobody,3\n".repeat(wrong));
    }
    const importId = await stageImport(admitted(scope), { name: "codes.csv", body: mixed() });
    await makeBatch(scope, [{ code: code(7) }]);
    const { operationId } = await commitImport(admitted(scope), { importId, onlyGood: true });
    await work();
    expect(await listProgress(admitted(scope), { operationId })).toMatchObject([
      { finished: true, done: size, total: size, changed: size - 1, refused: 1 },
    ]);
    const committed = { codes: size - 1, leftOut: wrong, left: 0, problem: null };
    expect(await found(importId)).toMatchObject({ failedCount: wrong + 1, committed });
    expect(await countDrift(scope)).toBe(0);
  });

  it("stops when cancelled; the part that is done is stated and can be undone", async () => {
    const { importId, operationId } = await started();
    await workFor(1);
    await cancelOperation(admitted(scope), { operationId });
    await work();
    const done = (await listed()).length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(size);
    await expectExact(operationId, size - done);
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ cancelled: true, refused: size - done });
    const detail = await found(importId);
    expect(detail.committed).toMatchObject({ codes: done, left: size - done, problem: null });
    let rest = "";
    for await (const piece of restFile(admitted(scope), detail)) rest += new TextDecoder().decode(piece);
    const [header, ...left] = rest.replace("\uFEFF", "").trim().split("\r\n");
    expect(header).toBe(detail.columns.join(","));
    expect(left).toHaveLength(size - done);
    const there = new Set(await listed());
    expect(left.some((line) => there.has(line.split(",")[0] ?? ""))).toBe(false);

    const plan = await planUndo(admitted(scope), { operationId });
    await applyPlan(admitted(scope), { planId: plan.planId });
    expect(await snapshot(scope)).toBe("");
  });

  it("gives its rest without formulas that a spreadsheet would run", async () => {
    async function* formulas() {
      yield* file(inlineLimit);
      yield new TextEncoder().encode("BG-FORMULA,=1+1,3\n");
    }
    const importId = await stageImport(admitted(scope), { name: "codes.csv", body: formulas() });
    const { operationId } = await commitImport(admitted(scope), { importId });
    await cancelOperation(admitted(scope), { operationId });
    await work();
    let rest = "";
    for await (const piece of restFile(admitted(scope), await found(importId))) rest += new TextDecoder().decode(piece);
    expect(rest).toContain("BG-FORMULA,'=1+1,3\r\n");
  });

  it("says what is missing when a crash of the database has emptied the checked rows", async () => {
    const { importId, operationId } = await started();
    await workFor(1);
    await pool.query("TRUNCATE import_row");
    await work();
    const done = (await listed()).length;
    await expectExact(operationId);
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ cancelled: true, refused: size - done });
    expect((await found(importId)).committed).toMatchObject({
      codes: done,
      left: size - done,
      problem: expect.stringContaining("restarted after a crash"),
    });
  });
});

describe("the process that imports", () => {
  afterEach(killWorkerProcesses);

  it("may be killed at any moment: no code is missing, none is there twice", { timeout: 300_000 }, async () => {
    const rows = 12 * linesAtOnce;
    const { operationId } = await started(rows);
    const over = async () => (await listProgress(admitted(scope), { operationId }))[0]?.finished === true;
    for (let kills = 0; kills < 8 && !(await over()); kills += 1) {
      const worker = await startWorkerProcess();
      await pause(randomInt(20, 700));
      const gone = once(worker, "exit");
      worker.kill("SIGKILL");
      await gone;
      await pool.query("UPDATE operation SET lease_until = now() WHERE lease_until > now()");
    }
    await startWorkerProcess();
    while (!(await over())) await pause(100);
    expect(await listed()).toEqual(all(rows));
    await expectExact(operationId);
  });
});
