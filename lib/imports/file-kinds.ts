import { advocatesMax, fileBytesMax, fileRowsMax } from "@/lib/imports/schema";
import { changeColumns, type FileColumn, importColumns, requiredColumns } from "@/lib/referrals/csv";

/** The column by which a file that changes codes is known. */
const keyColumn = "uploadkey";

/** What comes in as rows of a file: what is read of it, and how much it may hold. */
export interface FileKind {
  /** The columns that are read; others are left out. */
  columns: readonly FileColumn[];
  /** Those that must be there. */
  required: readonly FileColumn[];
  bytesMax: number;
  rowsMax: number;
  /** Whether somebody looks at what was read: then columns and dates are guessed, and can be corrected. */
  asks: boolean;
}

/** Codes with all that a row says of them. */
export const codesFile: FileKind = {
  columns: importColumns,
  required: requiredColumns,
  bytesMax: fileBytesMax,
  rowsMax: fileRowsMax,
  asks: true,
};

/** The same from a program, in Talon.One's format to the letter. */
export const exactCodesFile: FileKind = { ...codesFile, asks: false };

/** Changes of codes that exist: a file that was exported for it, with other cells now. */
export const changesFile: FileKind = { ...codesFile, columns: changeColumns, required: ["code", keyColumn] };

/** Whether the rows of a file change codes that exist. */
export const changesCodes = (kind: FileKind) => kind.columns.includes(keyColumn);

/** What a file is whose columns say so: one with upload keys changes codes. */
export function kindOf(kind: FileKind, named: readonly (FileColumn | undefined)[]): FileKind {
  return kind.asks && named.includes(keyColumn) ? changesFile : kind;
}

const advocate: readonly FileColumn[] = ["advocateprofileintegrationid"];

/** Advocates for whom codes are drawn: all else about the codes, a form says. */
export const advocatesFile: FileKind = {
  columns: advocate,
  required: advocate,
  bytesMax: 100_000_000, // a list of 40 MB of which every ID stands in quotes
  rowsMax: advocatesMax,
  asks: false,
};
