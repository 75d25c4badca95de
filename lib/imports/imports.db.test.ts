import { createReadStream, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { getBatch } from "@/lib/batches/queries";
import { recordedFields } from "@/lib/codes/sql";
import { db, Prisma, pool } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { markTaken, planForFreshRows } from "@/lib/imports/checks";
import { commitImport, discardImport } from "@/lib/imports/commands";
import { getImport, listProblems } from "@/lib/imports/queries";
import { failedRowsFile } from "@/lib/imports/row-files";
import { commitInput } from "@/lib/imports/schema";
import { stageImport } from "@/lib/imports/staging";
import { applyPlan } from "@/lib/operations/apply";
import { written } from "@/lib/operations/record";
import { planUndo } from "@/lib/operations/undo";
import { admitted, countDrift, makeBatch, makeCampaign, snapshot } from "@/lib/testing/builders";
import { said } from "@/lib/testing/said";
import { sweep } from "@/lib/testing/work";
import { webStream } from "@/lib/web-stream";

const dataPath = (name: string) => fileURLToPath(new URL(`../../e2e/data/${name}`, import.meta.url));

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
  const attributes = { channel: "string", note: "string", invited_at: "time", reward_points: "number" };
  await db.attributeDefinition.createMany({
    data: Object.entries(attributes).map(([name, type]) => ({
      applicationId: scope.applicationId,
      name,
      title: name,
      type,
    })),
  });
});

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

const header = "code,advocateprofileintegrationid\n";
const stage = (...texts: string[]) => stageImport(admitted(scope), { name: "codes.csv", body: pieces(...texts) });
const stageFile = (name: string) => stageImport(admitted(scope), { name, body: createReadStream(dataPath(name)) });
const commit = (importId: string) => commitImport(admitted(scope), { importId });

async function found(importId: string) {
  const detail = await getImport(admitted(scope), importId);
  if (!detail) throw new Error("no such import");
  return detail;
}

async function refusal(promise: Promise<unknown>): Promise<DomainError> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(DomainError);
  return thrown as DomainError;
}

async function stagedRows(): Promise<number> {
  return db.importRow.count({ where: { applicationId: scope.applicationId } });
}

const failedRows = async (importId: string) => {
  const rows = failedRowsFile(admitted(scope), await found(importId));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await new Response(webStream(rows)).arrayBuffer());
};

describe("the file of 20,000 rows", () => {
  it("is imported whole: one batch, one operation, every value, in the order of the file; and can be undone", async () => {
    const importId = await stageFile("referrals-20k.csv");
    expect(await snapshot(scope)).toBe("");
    expect(await found(importId)).toMatchObject({
      rowCount: 20_000,
      failedCount: 0,
      causes: [],
      blankLimits: 3196,
      delimiter: ",",
      leftOut: [],
      committed: null,
      lost: false,
    });

    const made = await commit(importId);
    expect(made).toMatchObject({ codes: 20_000, batchId: expect.stringMatching(/^[a-z]{8}$/) });
    const file = parse(readFileSync(dataPath("referrals-20k.csv")), { columns: true }) as Record<string, string>[];
    const rows = await db.referral.findMany({ where: scope, orderBy: [{ created: "desc" }, { id: "desc" }] });
    const instant = (text: string | undefined) => (text ? new Date(text) : null);
    expect(
      rows.map((row) => [
        row.code,
        row.advocateIntegrationId,
        row.usageLimit,
        row.validFrom,
        row.validUntil,
        row.attributes,
      ]),
    ).toEqual(
      file.map((cells) => [
        cells.code?.toUpperCase(),
        cells.advocateprofileintegrationid?.replace(/^'(?='*[=+@\t\r\n-])/, ""),
        Number(cells.limitval || 1),
        instant(cells.startdate),
        instant(cells.expirydate),
        JSON.parse(cells.attributes || "{}"),
      ]),
    );
    expect(new Set(rows.map((row) => `${row.batchId} ${row.importId} ${row.origin}`))).toEqual(
      new Set([`${made.batchId} ${made.operationId} imported`]),
    );
    expect(await countDrift(scope)).toBe(0);
    expect(await stagedRows()).toBe(0);
    expect((await found(importId)).committed).toMatchObject({ ...made, undoneBy: null });

    const plan = await planUndo(admitted(scope), { operationId: made.operationId });
    expect(plan).toMatchObject({ changed: 20_000, refused: 0 });
    const undo = await applyPlan(admitted(scope), { planId: plan.planId });
    expect(await snapshot(scope)).toBe("");
    expect((await found(importId)).committed?.undoneBy).toBe(undo.operationId);
  });
});

describe("the batch of an import", () => {
  it("has the name that it was given with the commit, also when that is sent twice", async () => {
    const importId = await stage(`${header}NAMED-01,a\n`);
    const [input, batchName] = [commitInput.parse({ ...scope, importId, batchName: " Black Friday " }), "Black Friday"];
    const { batchId } = await commitImport(admitted(scope), input);
    expect(await commitImport(admitted(scope), { ...input, batchName: "Easter" })).toMatchObject({ batchId });
    expect(await getBatch(admitted(scope), batchId)).toMatchObject({ name: batchName, note: "" });
    const unnamed = await commit(await stage(`${header}NAMED-02,a\n`));
    expect(await getBatch(admitted(scope), unnamed.batchId)).toMatchObject({ name: "" });
  });

  it.each(["x".repeat(121), "two\nlines", "\u200B"])("has no name such as %j", (batchName) => {
    const input = commitInput.safeParse({ applicationId: 1, campaignId: 1, importId: "1", batchName });
    expect(input.error?.issues[0]?.path).toEqual(["batchName"]);
  });
});

describe("the log of an import", () => {
  it("holds of every code what it was made with, written as the database writes it", async () => {
    const value = (json: object) => `"${JSON.stringify(json).replaceAll('"', '""')}"`;
    const rows = [
      `LOG-0001,a,1900-01-01T00:00:00Z,9999-12-31T23:59:59.999Z,0,${value({ note: 'a\\"\tb\n,”', reward_points: 1e21 })}`,
      `LOG-0002,a,2026-01-01T00:00:10.120Z,2026-01-01T00:00:10.5+00:00,,${value({ invited_at: "2026-11-01T00:00:00+01:00" })}`,
      `LOG-0003,a,2026-10-10T10:10:10.100+05:30,,7,${value({ reward_points: -0.5, channel: "" })}`,
      "LOG-0004,a,,,1,",
    ];
    const columns = "code,advocateprofileintegrationid,startdate,expirydate,limitval,attributes";
    await commit(await stage(`${columns}\n${rows.join("\n")}\n`));
    await commit(await stageFile("referrals-20k.csv"));
    await pool.query("ANALYZE referral, change, operation"); // fresh tables have no statistics, and all of them are joined here
    const { rows: different } = await pool.query(
      `SELECT ${written.sql}, ${recordedFields(Prisma.sql`r`).sql} FROM referral r
       LEFT JOIN change c ON c.application_id = r.application_id AND c.referral_id = r.id
       LEFT JOIN operation o ON o.application_id = c.application_id AND o.id = c.operation_id
       WHERE r.application_id = $1 AND (c.code IS DISTINCT FROM r.code OR ${written.sql}::text <> ${recordedFields(Prisma.sql`r`).sql}::text)`,
      [scope.applicationId],
    );
    expect(different).toEqual([]);
    expect(await db.change.count({ where: { applicationId: scope.applicationId } })).toBe(20_004);
  });
});

describe("the broken file", () => {
  it("is refused with every wrong row, its line, column, value and cause; nothing is written", async () => {
    const importId = await stageFile("referrals-broken.csv");
    const detail = await found(importId);
    expect(detail).toMatchObject({ rowCount: 17, failedCount: 16 });
    const { problems } = await listProblems(admitted(scope), detail);
    expect(problems.map(({ line, column, cause, value }) => [line, column, cause, value])).toEqual([
      [3, "code", "repeated", "GOOD-0001"],
      [4, "code", "code", "abc"],
      [5, "startdate", "date", "01/11/2026"],
      [6, "expirydate", "dates", "2026-10-01T00:00:00Z"],
      [7, "advocateprofileintegrationid", "advocate", ""],
      [8, "limitval", "limit", "-1"],
      [9, "limitval", "limit", "1000000"],
      [10, "limitval", "limit", "many"],
      [11, "attributes", "quotes", '{"channel": "web"}'],
      [12, "attributes", "attributes", '{"channel": web}'],
      [13, "attributes", "attributes", "[1,2]"],
      [14, "code", "code", "HAS SPACE"],
      [15, "code", "repeated", "good-0001"],
      [16, "startdate", "date", "2026-11-01T25:00:00Z"],
      [17, "cell 7", "cells", "extra"],
      [18, "code", "quotes", '"GOOD-0017'],
    ]);
    const repeated = problems.filter(({ cause }) => cause === "repeated");
    expect(repeated.map(({ reason }) => said(reason))).toEqual([
      expect.stringMatching(/^Line 2 has/),
      expect.stringMatching(/^Line 2 has/),
    ]);
    expect((await refusal(commit(importId))).code).toBe("conflict");
    expect(await snapshot(scope)).toBe("");
  });

  it("gives its failed rows as a file that can be mended and uploaded", async () => {
    const text = await failedRows(await stageFile("referrals-broken.csv"));
    const [names, ...rows] = parse(text, { bom: true, relax_column_count: true }) as string[][];
    expect(names?.slice(-2)).toEqual(["line", "problem"]);
    expect(rows.map((row) => Number(row[6]))).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
    expect(rows[5]?.[4]).toBe("'-1");
    const again = await stage(
      text
        .split("\r\n")
        .filter((row, index) => index === 0 || row.includes("GOOD-0010"))
        .join("\n"),
    );
    expect(await found(again)).toMatchObject({
      rowCount: 1,
      failedCount: 0,
      leftOut: [{ column: "line" }, { column: "problem" }],
    });
  });
});

describe("files as spreadsheets write them", () => {
  it("are staged and committed with every value, and what was assumed is kept", async () => {
    const short = await stageFile("import/excel-short-rows.csv");
    expect(await found(short)).toMatchObject({ failedCount: 0, assumed: { missingCells: 4, shortRows: 4 } });
    await commit(short);
    await commit(await stageFile("import/decomposed.csv"));
    const rows = await db.referral.findMany({ where: scope, orderBy: [{ created: "desc" }, { id: "desc" }] });
    expect(rows.slice(0, 3).map(({ code, advocateIntegrationId }) => [code, advocateIntegrationId])).toEqual([
      ["CAFÉ-2026", "cust-1"],
      ["DECO0002", "José-Núñez"],
      ["DECO0003", "José-Núñez"],
    ]);
    expect(rows.slice(3)).toHaveLength(20);
    const until = new Date("2026-12-31T23:59:59Z");
    expect(rows.at(-1)).toMatchObject({ code: "XLDROP020", usageLimit: 5, validUntil: until, attributes: {} });
  });

  it("are refused where the same code is composed in two ways", async () => {
    const detail = await found(await stage(header, "CAFE\u0301-1,a\nCAF\u00C9-1,b\n"));
    expect(detail.causes).toEqual([{ cause: "repeated", count: 1 }]);
  });

  it("make one customer of one ID, whatever stands around it that nobody sees", async () => {
    const ids = ["ann", " ann", "ann\u00A0", "\u200Bann", "ann\uFEFF"];
    const importId = await stage(header, ids.map((id, row) => `SAME-${row},${id}\n`).join(""));
    expect((await found(importId)).assumed).toEqual({ trimmedIds: 4 });
    await commit(importId);
    const rows = await db.referral.findMany({ where: scope, distinct: "advocateIntegrationId" });
    expect(rows.map((row) => row.advocateIntegrationId)).toEqual(["ann"]);
  });

  it("say what of them gets lost", async () => {
    const names = "code,advocateprofileintegrationid,friendprofileintegrationid,counter,importid\n";
    const importId = await stage(names, "LOSS-1,a,bob,3000,\nLOSS-2,a,,41,\nLOSS-3,a,eva,0,\n");
    expect((await found(importId)).leftOut).toEqual([
      { column: "friendprofileintegrationid", values: 2 },
      { column: "counter", values: 2, redemptions: 3041 },
      { column: "importid", values: 0 },
    ]);
  });
});

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

describe("an upload", () => {
  it("that breaks off leaves nothing, and its connection is not stuck", async () => {
    async function* broken() {
      yield new TextEncoder().encode(`${header}${"AAAA-1,a\n".repeat(20_000)}`);
      throw new Error("aborted");
    }
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await expect(stageImport(admitted(scope), { name: "x.csv", body: broken() })).rejects.toThrow("aborted");
    }
    expect(await stagedRows()).toBe(0);
    expect(await db.import.count({ where: scope })).toBe(0);
    expect((await found(await stage(header, "AAAA-1,a\n"))).rowCount).toBe(1);
  });

  it("that cannot be read as a whole leaves nothing and says why", async () => {
    const { code, message } = await refusal(stage(header, "AAAA,1\n", "B\0BB,2\n"));
    expect([code, message]).toEqual(["invalid", expect.stringContaining("NUL")]);
    expect(await db.import.count({ where: scope })).toBe(0);
  });

  it("removes what was left uncommitted for a day, and only that", async () => {
    const old = await stage(header, "OLD-1,a\n");
    const imported = await stage(header, "DONE-1,a\n");
    const recent = await stage(header, "NEW-1,a\n");
    await commit(imported);
    await pool.query(
      "UPDATE import SET created = created - interval '25 hours' WHERE application_id = $1 AND id <> $2",
      [scope.applicationId, recent],
    );
    await stage(header, "NEW-2,a\n");
    expect((await found(old)).rowCount).toBe(1); // nobody's request does it
    await sweep();
    expect(await getImport(admitted(scope), old)).toBeNull();
    expect((await found(imported)).committed?.codes).toBe(1);
    expect((await found(recent)).rowCount).toBe(1);
    expect(await stagedRows()).toBe(2);
  });

  it("is refused for an unknown campaign and without the referrals feature", async () => {
    const unknown = { ...scope, campaignId: 2_000_000_000 };
    const off = await makeCampaign({ features: ["coupons"] });
    const to = (where: CampaignIds) =>
      stageImport(admitted(where), { name: "x.csv", body: pieces(header, "AAAA,1\n") });
    expect((await refusal(to(unknown))).code).toBe("not_found");
    expect((await refusal(to(off))).code).toBe("feature_off");
  });
});

it("looks codes up by their own index in an application that the statistics do not know", async () => {
  const many = Array.from({ length: 20_000 }, () => ({}));
  await makeBatch(await makeCampaign(), many);
  await pool.query("ANALYZE referral");
  const unknown = await makeCampaign();
  await makeBatch(unknown, many);
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(planForFreshRows);
    const { rows } = await client.query<{ "QUERY PLAN": string }>(
      `EXPLAIN ${markTaken()}`.replaceAll("$1", String(unknown.applicationId)).replaceAll("$2", "1"),
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toContain("referral_application_id_code_key_key");
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
});
