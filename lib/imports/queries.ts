import type { Actor } from "@/lib/actor";
import { db } from "@/lib/db";
import { RecordReader } from "@/lib/imports/records";
import { problemCauses } from "@/lib/imports/schema";
import type { CampaignScope } from "@/lib/operations/schema";
import {
  formatRow,
  importColumns,
  type ProblemCause,
  plainCell,
  type RowProblem,
  safeCell,
  shortened,
} from "@/lib/referrals/csv";

/** A checked file as its page shows it. */
export interface ImportDetail {
  id: string;
  fileName: string;
  /** In bytes. */
  fileSize: number;
  delimiter: string;
  columns: string[];
  ignored: string[];
  rowCount: number;
  failedCount: number;
  /** How many problems of each cause, most frequent first. */
  causes: { cause: ProblemCause; count: number }[];
  blankLimits: number;
  blankLines: number;
  created: Date;
  /** What it became; null while it waits. */
  committed: CommittedFile | null;
  /** True when a crash emptied the rows of a file that waits. */
  lost: boolean;
}

/** What a file became, or is becoming in the background. */
export interface CommittedFile {
  operationId: string;
  batchId: string;
  /** How many codes were made. */
  codes: number;
  running: boolean;
  /** How many rows were left because it was cancelled, or because a crash of the database lost them; 0 when it was neither. */
  left: number;
  /** Why it stopped by itself, if it did. */
  problem: string | null;
  undoneBy: string | null;
}

/** One problem with the line it is on. */
export interface LineProblem extends RowProblem {
  line: number;
}

/** A checked file of a campaign; null for an unknown or discarded one, or another campaign's. */
export async function getImport(_actor: Actor, scope: CampaignScope, importId: string): Promise<ImportDetail | null> {
  const { applicationId } = scope;
  const row = await db.import.findFirst({
    where: { ...scope, id: BigInt(importId) },
    include: {
      operation: {
        select: { changed: true, state: true, cancelled: true, problem: true, batches: { select: { batchId: true } } },
      },
    },
  });
  if (!row) return null;
  const counts = row.causes as Partial<Record<ProblemCause, number>>;
  const { operation, operationId } = row;
  const undo =
    operationId === null
      ? null
      : await db.operation.findFirst({
          where: { applicationId, undoesId: operationId, state: "applied", cancelled: null },
          select: { id: true },
        });
  const kept =
    operationId === null && row.rowCount > 0
      ? await db.importRow.findFirst({ where: { applicationId, importId: row.id }, select: { line: true } })
      : true;
  return {
    ...row,
    id: importId,
    fileSize: Number(row.fileSize),
    causes: problemCauses
      .map((cause) => ({ cause, count: counts[cause] ?? 0 }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
    committed: operation && {
      operationId: String(operationId),
      batchId: operation.batches[0]?.batchId ?? "",
      codes: operation.changed,
      running: operation.state === "running",
      left: operation.cancelled ? row.rowCount - row.failedCount - operation.changed : 0,
      problem: operation.problem,
      undoneBy: undo ? String(undo.id) : null,
    },
    lost: kept === null,
  };
}

interface FailedRow {
  line: number;
  raw: string;
  problems: Partial<RowProblem>[];
}

function readFailedRows(scope: CampaignScope, importId: string, after: number, limit: number): Promise<FailedRow[]> {
  return db.$queryRaw<FailedRow[]>`
    SELECT line, raw, problems FROM import_row
    WHERE application_id = ${scope.applicationId} AND import_id = ${BigInt(importId)} AND problems IS NOT NULL
      AND line > ${after}
    ORDER BY line LIMIT ${limit}`;
}

/** The rows that a cancelled import did not come to, as the file had them, to be uploaded again. */
export async function* restFile(
  _actor: Actor,
  scope: CampaignScope,
  { id, columns, delimiter }: ImportDetail,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`\uFEFF${formatRow(columns, delimiter)}\r\n`);
  for (let after = 0; ; ) {
    const rows = await db.$queryRaw<{ line: number; raw: string }[]>`
      SELECT line, raw FROM import_row
      WHERE application_id = ${scope.applicationId} AND import_id = ${BigInt(id)} AND problems IS NULL AND line > ${after}
      ORDER BY line LIMIT ${failedRowsPage}`;
    const last = rows.at(-1);
    if (!last) return;
    after = last.line;
    yield encoder.encode(rows.map(({ raw }) => `${raw}\r\n`).join(""));
  }
}

function cellsOf(raw: string, delimiter: string): string[] {
  const [record] = new RecordReader(delimiter).read(raw, true);
  return record?.cells ?? [];
}

/** The problems of the first `limit` rows that have some, in the order of the file. */
export async function listProblems(
  _actor: Actor,
  scope: CampaignScope,
  { id, columns, delimiter }: ImportDetail,
  limit: number,
): Promise<LineProblem[]> {
  const rows = await readFailedRows(scope, id, 0, limit);
  const codeAt = columns.findIndex((name) => name.toLowerCase() === importColumns[0]);
  return rows.flatMap(({ line, raw, problems }) =>
    problems.map(({ cause = "cells", column = "", message = "", value }) => ({
      line,
      cause,
      column,
      message,
      value: value ?? shortened(cellsOf(raw, delimiter)[codeAt] ?? ""),
    })),
  );
}

const failedRowsPage = 1000;
const added = ["line", "problem"];

/**
 * The failed rows as CSV in the file's own columns and delimiter, with `line` and `problem` after them; cells the file has
 * too many of come last. Mended, it can be uploaded as it is.
 */
export async function* failedRowsFile(
  _actor: Actor,
  scope: CampaignScope,
  { id, columns, delimiter }: ImportDetail,
): AsyncGenerator<Uint8Array> {
  const write = (cells: string[]) =>
    `${formatRow(
      cells.map((cell) => safeCell(plainCell(cell))),
      delimiter,
    )}\r\n`;
  // A file of failed rows that came back has these columns already.
  const own = columns.slice(-added.length).join() === added.join() ? columns.slice(0, -added.length) : columns;
  const encoder = new TextEncoder();
  yield encoder.encode(`\uFEFF${write([...own, ...added])}`);
  for (let after = 0; ; ) {
    const rows = await readFailedRows(scope, id, after, failedRowsPage);
    const last = rows.at(-1);
    if (!last) return;
    after = last.line;
    const text = rows
      .map(({ line, raw, problems }) => {
        const cells = cellsOf(raw, delimiter);
        const said = problems.map(({ column, message }) => `${column}: ${message}`).join(" ");
        return write([
          ...own.map((_, index) => cells[index] ?? ""),
          String(line),
          said,
          ...cells.slice(columns.length),
        ]);
      })
      .join("");
    yield encoder.encode(text);
  }
}
