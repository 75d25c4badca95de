import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { getBatch } from "@/lib/batches/queries";
import { recordedFields } from "@/lib/codes/sql";
import { db, Prisma, pool } from "@/lib/db";
import { commitImport } from "@/lib/imports/commands";
import { listProblems } from "@/lib/imports/queries";
import { failedRowsFile } from "@/lib/imports/row-files";
import { commitInput } from "@/lib/imports/schema";
import { applyPlan } from "@/lib/operations/apply";
import { written } from "@/lib/operations/record";
import { planUndo } from "@/lib/operations/undo";
import { admitted, countDrift, snapshot } from "@/lib/testing/builders";
import { dataPath, header, importing, makeImportCampaign } from "@/lib/testing/imports";
import { refusal } from "@/lib/testing/refusal";
import { said } from "@/lib/testing/said";
import { webStream } from "@/lib/web-stream";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeImportCampaign();
});

const { stage, stageFile, commit, found } = importing(() => scope);

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
