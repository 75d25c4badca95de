import type { RowReason } from "@/lib/referrals/row-reasons";
import { shortened } from "@/lib/shortened";

/** Why a row cannot be imported, as it is counted. */
export type ProblemCause =
  | "code"
  | "repeated"
  | "taken"
  | "advocate"
  | "date"
  | "dates"
  | "limit"
  | "attributes"
  | "cells"
  | "quotes"
  | "key"
  | "changed"
  | "friend"
  | "gone";

/** One problem of a row, as it is stored: `value` is what stands in the cell. */
export interface RowProblem {
  cause: ProblemCause;
  column: string;
  value: string;
  reason: RowReason;
  /** On the last problem that is kept of a row: how many more it has. */
  more?: number;
}

/** A problem whose texts have a length that a table and the database can hold, whatever stands in the file. */
export function rowProblem({ cause, column, value, reason }: RowProblem): RowProblem {
  return storable({ cause, column: shortened(column, 60), value: shortened(value, 120), reason });
}

/** The same value with texts that JSON in the database can hold. */
function storable<Value>(value: Value): Value {
  const clean = (_: string, part: unknown) =>
    typeof part === "string" ? part.toWellFormed().replaceAll("\0", "\uFFFD") : part;
  return JSON.parse(JSON.stringify(value, clean));
}

/**
 * A problem as a row may hold it: those that only the database finds say no value, and those that were stored before there were
 * reasons have a sentence.
 */
export type StoredProblem = Pick<RowProblem, "cause" | "column" | "more"> & { value?: string } & (
    | { reason: RowReason }
    | { reason?: undefined; message: string }
  );

/** A stored problem in one form; `value` is empty where it says none. */
export function readProblem({ cause, column, value = "", more, ...why }: StoredProblem): RowProblem {
  return { cause, column, value, more, reason: why.reason ?? { reason: "row_told", message: why.message } };
}

/** How many problems of one row are kept. */
export const problemsKept = 20;

/** The first problems of a row; the last of them says how many were left out. */
export function firstProblems(problems: RowProblem[]): RowProblem[] {
  const more = problems.length - problemsKept;
  return more <= 0
    ? problems
    : problems
        .slice(0, problemsKept)
        .map((problem, index) => (index < problemsKept - 1 ? problem : { ...problem, more }));
}

/** What an import takes the liberty of, so that files as spreadsheets write them can be read. All of it is counted. */
export type Assumption =
  | "delimiterLine"
  | "missingCells"
  | "shortRows"
  | "longRows"
  | "trimmedCodes"
  | "trimmedIds"
  | "composed"
  | "unguarded"
  | "zonedDates"
  | "localDates"
  | "writtenDates";
