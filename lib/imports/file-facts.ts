import type { Encoding } from "@/lib/imports/encodings";
import type { Matched } from "@/lib/imports/matching";
import { type DateFacts, noDates } from "@/lib/referrals/row-dates";
import type { Assumption } from "@/lib/referrals/row-problems";

/** A column that an import does not read, and what of it gets lost. */
export type LeftOut = {
  /** Its name, shortened. */
  column: string;
  /** How many cells hold something; of redemptions, how many are not 0. Null where nobody counted. */
  values: number | null;
  /** The sum of what a column of redemptions holds. */
  redemptions?: number;
};

/** What is known of a file besides its rows; complete when its rows have been read. */
export interface FileFacts {
  bytes: number;
  encoding: Encoding;
  delimiter: string;
  columns: string[];
  /** What each column holds. */
  matched: Matched;
  dates: DateFacts;
  leftOut: LeftOut[];
  /** How often each assumption was made. */
  assumed: Partial<Record<Assumption, number>>;
  /** Rows with something in them. */
  rows: number;
  /** Of a file that changes codes: how many of its rows and cells say something else than when it was made. */
  changes: { rows: number; cells: number } | null;
  /** Empty lines, and rows whose cells are all empty; they are left out. */
  blankLines: number;
  /** Rows whose limit is blank, and therefore 1. */
  blankLimits: number;
}

/** What is known of a file before it is read. */
export function noFacts(): FileFacts {
  return {
    bytes: 0,
    encoding: "utf-8",
    delimiter: ",",
    columns: [],
    matched: { fields: [], unsure: [] },
    dates: noDates(),
    leftOut: [],
    assumed: {},
    rows: 0,
    changes: null,
    blankLines: 0,
    blankLimits: 0,
  };
}
