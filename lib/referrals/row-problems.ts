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
  | "quotes";

/** One problem of a row, as it is stored and shown: `value` is what stands in the cell, `message` says what is expected. */
export interface RowProblem {
  cause: ProblemCause;
  column: string;
  value: string;
  message: string;
  /** On the last problem that is kept of a row: how many more it has. */
  more?: number;
}

/** A problem whose texts have a length that a table and the database can hold, whatever stands in the file. */
export function rowProblem({ cause, column, value, message }: RowProblem): RowProblem {
  // JSON in the database holds neither of these.
  const storable = (text: string, most: number) => shortened(text, most).toWellFormed().replaceAll("\0", "\uFFFD");
  return { cause, column: storable(column, 60), value: storable(value, 120), message: storable(message, 400) };
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
  | "zonedDates";
