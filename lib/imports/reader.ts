import type { CampaignIds } from "@/lib/access/scope";
import { trimmed } from "@/lib/codes/rules";
import { invalidField } from "@/lib/errors";
import { lossNamed } from "@/lib/imports/column-names";
import { type FileFacts, type LeftOut, noFacts } from "@/lib/imports/file-facts";
import { changesCodes, codesFile, type FileKind } from "@/lib/imports/file-kinds";
import { type Header, readHeader } from "@/lib/imports/header";
import { type Matching, ownAttributes } from "@/lib/imports/matching";
import { type CsvRecord, isBlank, RecordReader, RowTooLong, recordOf } from "@/lib/imports/records";
import { type Assume, RowShape } from "@/lib/imports/row-shape";
import { textPieces } from "@/lib/imports/text";
import type { ImportField } from "@/lib/referrals/csv";
import type { ImportRules } from "@/lib/referrals/row-cells";
import { type ChangedCells, readChanges } from "@/lib/referrals/row-changes";
import { type DateFacts, noDates } from "@/lib/referrals/row-dates";
import { type RowProblem, rowProblem } from "@/lib/referrals/row-problems";
import { type ImportedReferral, readReferral } from "@/lib/referrals/row-referral";
import { shortened } from "@/lib/shortened";
import type { DateOrder } from "@/lib/written-date";

/** How a file is read: by the application's rules, and by what people said of this one and of others. */
export interface ReadingRules extends ImportRules, Pick<Matching, "choices"> {
  /** In which order numbers of dates stand; null where nobody said. */
  order?: DateOrder | null;
  /** Of which campaign codes are that a file changes; it changes none where this is left out. */
  place?: CampaignIds;
}

/** What a row says: of a code to be made, or of one that is there. */
interface ReadRow {
  referral: ImportedReferral | null;
  changed: ChangedCells | null;
  problems: RowProblem[];
}

/** One row of a file, checked by itself. It says nothing when its cells could not be told apart, or its key could not be read. */
export interface CheckedRow extends ReadRow {
  line: number;
  raw: string;
}

const nowhere: CampaignIds = { applicationId: 0, campaignId: 0 };

function flawProblem(record: CsvRecord, header: Header): RowProblem | null {
  if (!record.flaw || isCopied(record.flaw, header)) return null;
  const { kind, cell } = record.flaw;
  const column = header.columns[cell] || `cell ${cell + 1}`;
  const reason = { reason: `row_quote_${kind}` } as const;
  return rowProblem({ cause: "quotes", column, value: record.cells[cell] ?? "", reason });
}

/** Whether a quote inside a cell is one of its letters: cells that are copied out of a spreadsheet have tabs between them, and no quotes around them. */
function isCopied({ kind }: NonNullable<CsvRecord["flaw"]>, { delimiter, kind: { asks } }: Header): boolean {
  return kind === "inside" && delimiter === "\t" && asks;
}

/** Checks rows by themselves, and counts what it meets into `facts`. */
class RowChecker {
  readonly #shape: RowShape;
  readonly #leftOut: { position: number; isCounter: boolean; leftOut: LeftOut & { values: number } }[];
  readonly #read: (cells: string[], assume?: Assume) => ReadRow;

  constructor(
    readonly header: Header,
    readonly facts: FileFacts,
    rules: ReadingRules,
  ) {
    if (changesCodes(header.kind)) facts.changes = { rows: 0, cells: 0 };
    facts.delimiter = header.delimiter;
    facts.columns = header.columns;
    facts.matched = header.matched;
    if (header.delimiterSaid) facts.assumed.delimiterLine = 1;
    this.#read = this.#reader(rules, facts.dates);
    this.#leftOut = header.matched.fields.flatMap((field, position) => {
      if (field !== null) return [];
      const name = header.columns[position] ?? "";
      const leftOut = { column: shortened(name || `column ${position + 1} (no name)`, 60), values: 0 };
      return [{ position, isCounter: lossNamed(name) === "redemptions", leftOut }];
    });
    facts.leftOut = this.#leftOut.map(({ leftOut }) => leftOut);
    const tried = this.#reader(rules, noDates());
    this.#shape = new RowShape(header, (cells) => tried(cells).problems.length === 0);
  }

  #reader({ order = null, place = nowhere, ...rules }: ReadingRules, facts: DateFacts) {
    const { header } = this;
    const { kind } = header;
    const own = new Set(ownAttributes(header.matched.fields));
    const readBy: ImportRules = {
      ...rules,
      columns: kind.columns,
      zones: header.zones,
      ownAttributes: rules.definitions.filter(({ name }) => own.has(name)),
      ...(kind.asks && { written: { order, facts } }),
    };
    const has = (field: ImportField) => header.position.has(field);
    return (cells: string[], assume?: Assume): ReadRow => {
      const cell = (field: ImportField) => {
        const position = header.position.get(field);
        return position === undefined ? "" : (cells[position] ?? "");
      };
      return changesCodes(kind)
        ? { referral: null, ...readChanges(cell, has, readBy, place, assume) }
        : { changed: null, ...readReferral(cell, readBy, assume) };
    };
  }

  readonly #assume: Assume = (assumption, times = 1) => {
    this.facts.assumed[assumption] = (this.facts.assumed[assumption] ?? 0) + times;
  };

  /** One row; null when it is blank. */
  check(record: CsvRecord): CheckedRow | null {
    const { header, facts } = this;
    if (isBlank(record)) {
      facts.blankLines += 1;
      return null;
    }
    facts.rows += 1;
    const { rowsMax } = header.kind;
    if (facts.rows > rowsMax) throw invalidField(["file"], { reason: "file_many_rows", most: rowsMax });
    this.#countLeftOut(record);
    const { line, raw } = record;
    const told = flawProblem(record, header) ?? this.#shape.judge(record, this.#assume);
    if (told && !(record.flaw?.kind === "inside" && record.cellCount === header.columns.length)) {
      return { line, raw, referral: null, changed: null, problems: [told] };
    }
    const { referral, changed, problems } = this.#read(record.cells, this.#assume);
    this.#count(record, changed);
    const others = told ? problems.filter((problem) => problem.column !== told.column) : problems;
    return { line, raw, referral, changed, problems: told ? [told, ...others] : others };
  }

  /** Counts blank limits, which are 1 for new codes, and of others what they change. */
  #count({ cells }: CsvRecord, changed: ChangedCells | null): void {
    const { facts, header } = this;
    const limit = header.position.get("limitval");
    if (!facts.changes) {
      if (limit === undefined || trimmed(cells[limit] ?? "") === "") facts.blankLimits += 1;
    } else if (changed && changed.wanted.length > 0) {
      facts.changes.rows += 1;
      facts.changes.cells += changed.wanted.length;
    }
  }

  #countLeftOut({ cells }: CsvRecord): void {
    for (const { position, isCounter, leftOut } of this.#leftOut) {
      const text = trimmed(cells[position] ?? "");
      const redemptions = isCounter && /^\d{1,9}$/.test(text) ? Number(text) : null;
      if (text === "" || redemptions === 0) continue;
      leftOut.values += 1;
      if (redemptions) leftOut.redemptions = (leftOut.redemptions ?? 0) + redemptions;
    }
  }
}

/**
 * Reads and checks an uploaded file, a group of rows at a time. Memory holds one piece of the file and one row, whatever its
 * size. `facts` fills while `rows` is read.
 * @throws DomainError (while reading rows) when the file as a whole cannot be read: no CSV, too large, no rows, …
 */
export function readImport(
  body: AsyncIterable<Uint8Array>,
  rules: ReadingRules,
  kind: FileKind = codesFile,
): { facts: FileFacts; rows: AsyncGenerator<CheckedRow[]> } {
  const facts = noFacts();
  return { facts, rows: checkedRows(textPieces(body, kind, facts), facts, kind, rules) };
}

async function* checkedRows(
  pieces: AsyncGenerator<string>,
  facts: FileFacts,
  kind: FileKind,
  rules: ReadingRules,
): AsyncGenerator<CheckedRow[]> {
  try {
    const { header, text } = await readHeader(pieces, kind, rules);
    const reader = new RecordReader(header.delimiter);
    const checker = new RowChecker(header, facts, rules);
    const check = (piece: string, last = false): CheckedRow[] => {
      const rows: CheckedRow[] = [];
      for (const record of reader.read(piece, last)) {
        if (record.line <= header.line) continue;
        const row = checker.check(record);
        if (row) rows.push(row);
      }
      return rows;
    };
    yield check(text);
    for await (const piece of pieces) yield check(piece);
    yield check("", true);
    facts.blankLines += reader.emptyLines;
  } catch (error) {
    throw error instanceof RowTooLong ? invalidField(["file"], { reason: "file_long_row", line: error.line }) : error;
  } finally {
    await pieces.return(undefined);
  }
  if (facts.rows === 0) throw invalidField(["file"], { reason: "file_without_rows" });
}

/** Reads rows of a file again, by what is kept of each, and checks them as `readImport` does. */
export async function* readRowsAgain(
  groups: AsyncIterable<{ line: number; raw: string }[]>,
  header: Header,
  facts: FileFacts,
  rules: ReadingRules,
): AsyncGenerator<CheckedRow[]> {
  const checker = new RowChecker(header, facts, rules);
  for await (const group of groups) {
    yield group.flatMap(({ raw, line }) => {
      const record = recordOf(raw, line, header.delimiter);
      return (record && checker.check(record)) ?? [];
    });
  }
}
