import { z } from "zod";
import type { Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { columnNamed } from "@/lib/imports/column-names";
import type { LeftOut } from "@/lib/imports/file-facts";
import { codesFile } from "@/lib/imports/file-kinds";
import type { Held } from "@/lib/imports/matching";
import { cellsOf } from "@/lib/imports/records";
import { problemCauses, readingField } from "@/lib/imports/schema";
import { keptSentence } from "@/lib/reasons";
import { type DateFacts, noDates } from "@/lib/referrals/row-dates";
import {
  type Assumption,
  type ProblemCause,
  type RowProblem,
  readProblem,
  type StoredProblem,
} from "@/lib/referrals/row-problems";
import { rowSentence } from "@/lib/referrals/row-reasons";
import { shortened } from "@/lib/shortened";

/** A checked file as its page shows it. */
export interface ImportDetail {
  id: string;
  fileName: string;
  /** In bytes. */
  fileSize: number;
  delimiter: string;
  columns: string[];
  leftOut: LeftOut[];
  /** How often each assumption was made. */
  assumed: Partial<Record<Assumption, number>>;
  reading: FileReading;
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

/** How a file was read. */
export interface FileReading extends Omit<z.output<typeof readingField>, "fields" | "dates"> {
  fields: Held[];
  dates: DateFacts;
}

/** What a file became, or is becoming in the background. */
export interface CommittedFile {
  operationId: string;
  batchId: string;
  /** How many codes were made. */
  codes: number;
  /** How many of its rows were refused, and left out because the good ones alone were wanted. */
  leftOut: number;
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

/** How a file was read; one of before there were choices, by the names of its columns. */
function fileReading(kept: unknown, columns: string[]): FileReading {
  const reading = readingField.parse(kept);
  const named = (name: string) => codesFile.columns.find((column) => column === columnNamed(name)?.column) ?? null;
  const fields = (reading.fields as Held[] | null) ?? columns.map(named);
  return { ...reading, fields, dates: reading.dates ?? noDates() };
}

/** What the file calls the column of a field; the field's own name where it has none for it. */
export function columnName({ columns, reading }: Pick<ImportDetail, "columns" | "reading">, field: string): string {
  const fields: readonly (string | null)[] = reading.fields;
  return columns[fields.indexOf(field)] || field;
}

/** How many rows were left of what a file became: codes of an edit that it left alone, or codes that were not made. */
function leftOf(
  operation: { changed: number; refused: number; cancelled: Date | null },
  file: { rowCount: number; failedCount: number },
  changes: boolean,
): number {
  if (changes) return operation.refused;
  return operation.cancelled ? file.rowCount - file.failedCount - operation.changed : 0;
}

const committedInput = z.object({ leftOut: z.number().default(0) });

/** A checked file of a campaign; null for an unknown or discarded one, or another campaign's. */
export async function getImport({ ids }: Scope<"referrals.import">, importId: string): Promise<ImportDetail | null> {
  const { applicationId } = ids;
  const row = await db.import.findFirst({
    where: { ...ids, id: BigInt(importId), advocatesDigest: null },
    include: {
      operation: {
        select: {
          ...{ changed: true, state: true, refused: true, cancelled: true, problem: true, input: true },
          batches: { select: { batchId: true } },
        },
      },
    },
  });
  if (!row) return null;
  const counts = row.causes as Partial<Record<ProblemCause, number>>;
  const { operation, operationId } = row;
  const reading = fileReading(row.reading, row.columns);
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
    leftOut: row.leftOut as LeftOut[],
    reading,
    assumed: row.assumed as Partial<Record<Assumption, number>>,
    causes: problemCauses
      .map((cause) => ({ cause, count: counts[cause] ?? 0 }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
    committed: operation && {
      operationId: String(operationId),
      batchId: operation.batches[0]?.batchId ?? "",
      codes: operation.changed,
      leftOut: committedInput.parse(operation.input).leftOut,
      running: operation.state === "running",
      left: leftOf(operation, row, reading.changes !== null),
      problem: keptSentence(operation.problem),
      undoneBy: undo ? String(undo.id) : null,
    },
    lost: kept === null,
  };
}

/** How many rows with problems a page shows, and how many characters of text. The file of failed rows has them all. */
const pageRoom = { rows: 200, characters: 60_000 };

/** The first problems of a file, in its order, and of how many rows they are: as many as there is room for. */
export async function listProblems(
  { ids }: Scope<"referrals.import">,
  detail: ImportDetail,
  room = pageRoom,
): Promise<{ problems: LineProblem[]; rows: number }> {
  const { id, delimiter, reading } = detail;
  // The code as it was typed, for problems that only the database finds; a long row is not worth splitting for it.
  const failed = await db.$queryRaw<{ line: number; raw: string; problems: StoredProblem[] }[]>`
    SELECT line, CASE WHEN octet_length(raw) < 10000 THEN raw ELSE code END AS raw, problems FROM import_row
    WHERE application_id = ${ids.applicationId} AND import_id = ${BigInt(id)} AND problems IS NOT NULL
    ORDER BY line LIMIT ${room.rows}`;
  const codeAt = reading.fields.indexOf("code");
  const problems: LineProblem[] = [];
  let characters = 0;
  let rows = 0;
  for (const { line, raw, problems: ofRow } of failed) {
    const told = ofRow.map((stored) => {
      const cells = stored.value === undefined ? cellsOf(raw, delimiter) : [];
      const problem = readProblem(stored);
      return {
        ...problem,
        column: columnName(detail, problem.column),
        line,
        value: stored.value ?? shortened(cells[codeAt] ?? raw, 120),
      };
    });
    characters += told.reduce(
      (sum, { column, value, reason }) => sum + column.length + 2 * value.length + rowSentence(reason).length,
      0,
    );
    if (characters > room.characters && rows > 0) break;
    problems.push(...told);
    rows += 1;
  }
  return { problems, rows };
}

/** How many rows show what the columns hold, and how much of a cell. */
const [sampleRows, sampleCharacters] = [3, 40];

/** The first rows of a file, as cells: what its columns hold. */
export async function listSamples(
  { ids }: Scope<"referrals.import">,
  { id, columns, delimiter }: ImportDetail,
): Promise<string[][]> {
  const rows = await db.$queryRaw<{ raw: string }[]>`
    SELECT raw FROM import_row WHERE application_id = ${ids.applicationId} AND import_id = ${BigInt(id)}
      AND octet_length(raw) < 10000 ORDER BY line LIMIT ${sampleRows}`;
  return rows.map(({ raw }) => {
    const cells = cellsOf(raw, delimiter);
    return columns.map((_, index) => shortened(cells[index] ?? "", sampleCharacters));
  });
}
