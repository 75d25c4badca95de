import { advocatesMax, fileBytesMax, fileRowsMax } from "@/lib/imports/schema";
import { type ImportColumn, importColumns, requiredColumns } from "@/lib/referrals/csv";

/** What comes in as rows of a file: what is read of it, and how much it may hold. */
export interface FileKind {
  /** The columns that are read; others are left out. */
  columns: readonly ImportColumn[];
  /** Those that must be there. */
  required: readonly ImportColumn[];
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

const advocate: readonly ImportColumn[] = ["advocateprofileintegrationid"];

/** Advocates for whom codes are drawn: all else about the codes, a form says. */
export const advocatesFile: FileKind = {
  columns: advocate,
  required: advocate,
  bytesMax: 100_000_000, // a list of 40 MB of which every ID stands in quotes
  rowsMax: advocatesMax,
  asks: false,
};
