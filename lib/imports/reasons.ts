import { formatBytes, formatCount, formatNumber } from "@/lib/format";
import { type Encoding, encodingNames } from "@/lib/imports/encodings";
import { columnsMax, rowCharactersMax } from "@/lib/imports/records";
import { delimiterNames } from "@/lib/imports/schema";
import type { FileColumn } from "@/lib/referrals/csv";
import type { Sentences } from "@/lib/say";
import { shortened } from "@/lib/shortened";

/** Why a file as a whole is not read. What is wrong with one of its rows is a `RowReason`. */
export type FileReason =
  | { reason: "file_large"; bytes: number }
  | { reason: "file_many_rows"; most: number }
  | { reason: "file_empty" | "file_cut" | "file_without_rows" | "file_bare_returns" }
  | { reason: "file_blank" | "header_quotes"; required: FileColumn[] }
  | { reason: "file_foreign"; format: "zip" | "gzip" }
  | { reason: "file_nul" | "file_not_utf8" | "file_not_utf16" | "file_long_row"; line: number }
  | { reason: "header_delimiter"; said: string }
  | { reason: "header_columns_many"; count: number }
  /** `spelled` is how the file calls it, where it does so in two ways. */
  | { reason: "header_column_twice"; column: FileColumn; spelled: string[] }
  | { reason: "header_columns_missing"; missing: FileColumn[]; found: string[] };

/** Why a file is not imported. */
export type ImportReason =
  | FileReason
  | {
      reason:
        | "import_gone"
        | "import_refused"
        | "import_refused_whole"
        | "import_lost"
        | "import_committed"
        | "uploads_busy"
        | "imports_busy"
        | "import_changes"
        | "import_creates"
        | "import_unchanged"
        | "rows_lost";
    }
  | { reason: "advocates_lost" | "advocates_gone" | "advocates_given" }
  | { reason: "encoding_known"; encoding: Encoding }
  | { reason: "field_unknown"; field: string }
  | { reason: "field_twice"; field: string; columns: string[] }
  | { reason: "fields_other"; count: number }
  | { reason: "fields_missing"; missing: FileColumn[] }
  | { reason: "import_taken"; count: number }
  | { reason: "import_files"; names: string[] };

const list = (words: readonly string[]) => words.map((word) => `“${word}”`).join(", ");
const mustName = (required: readonly string[]) => `It must name the columns, at least ${list(required)}.`;
const saveAs = "In a spreadsheet, save it as “CSV UTF-8” and upload that file.";
const foreign = {
  zip: `This is an Excel workbook or a ZIP archive, not a CSV file. ${saveAs}`,
  gzip: "This is a gzip archive, not a CSV file. Unpack it and upload the CSV file in it.",
};

export const importSentences: Sentences<ImportReason> = {
  file_large: ({ bytes }) => `The file is larger than ${formatBytes(bytes)}; split it into several files.`,
  file_empty: () => "The file is empty.",
  file_blank: ({ required }) => `The file begins with blank lines only. ${mustName(required)}`,
  file_cut: () => "The file ends before it names its columns.",
  file_without_rows: () => "The file names its columns but has no rows. Add the codes below them.",
  file_many_rows: ({ most }) => `The file has more than ${formatNumber(most)} rows; split it into several files.`,
  file_foreign: ({ format }) => foreign[format],
  file_nul: ({ line }) =>
    `Line ${line} holds a NUL character: this is a binary file, and an import reads CSV. ${saveAs}`,
  file_not_utf8: ({ line }) => `Line ${line} holds bytes that are not UTF-8 text. ${saveAs}`,
  file_not_utf16: ({ line }) => `From line ${line} on, the file is no UTF-16 text, though it begins as such. ${saveAs}`,
  file_long_row: ({ line }) =>
    `Line ${line} is longer than ${formatNumber(rowCharactersMax)} characters, and no row may be. Is a line break missing, or is this no CSV file?`,
  file_bare_returns: () =>
    "The lines end with a bare CR (old Macintosh text). Save the file with LF or CRLF line ends.",
  header_quotes: ({ required }) =>
    `The quotes in the first line do not match. ${mustName(required)} Quotes are not needed.`,
  header_delimiter: ({ said }) =>
    `The first line says that “${said}” separates the cells; an import reads ${Object.values(delimiterNames).join(", ")}.`,
  header_columns_many: ({ count }) =>
    `The first line names ${formatNumber(count)} columns; a file may have ${columnsMax}. Is this a CSV file?`,
  header_column_twice: ({ column, spelled }) =>
    `The first line names the column “${column}” twice${spelled.length > 1 ? `, as ${list(spelled)}` : ""}. Remove one of the two.`,
  header_columns_missing: ({ missing, found }) =>
    `The first line must name the columns, and ${list(missing)} ${missing.length > 1 ? "are" : "is"} missing. It names ${list(found) || "none"}.`,
  import_gone: () => "This import is not there any more; upload the file again.",
  import_refused: () =>
    "The file has problems. Nothing was imported: mend them and upload it again, or import its good rows alone.",
  import_refused_whole: () => "Every row of the file has problems, so there is nothing to import.",
  import_lost: () => "The checked rows were lost in a crash. Nothing was imported; upload the file again.",
  import_changes: () =>
    "This file changes codes that exist, and makes none. Open its page and look at what it would change.",
  import_creates: () =>
    "This file makes codes, and changes none. Import it, or upload one that was exported to be changed.",
  import_unchanged: () =>
    "No cell of this file says anything else than when it was exported; there is nothing to change.",
  imports_busy: () => "Other files are being imported at the moment. Try again in a minute.",
  rows_lost: () => "The database was restarted after a crash and lost the rows of which codes were still to be made.",
  import_committed: () => "This file was imported already. Undo the import to take its codes back.",
  advocates_lost: () => "The list was lost in a crash of the database. Nothing was created; send it again.",
  advocates_gone: () => "This list of advocates is not there any more; send it again.",
  advocates_given: () => "Codes for this list are being made already. Look at the list.",
  uploads_busy: () => "Other files are being read at the moment. Try again in a minute.",
  encoding_known: ({ encoding }) => `The file is ${encodingNames[encoding]}, which its bytes say; no other fits.`,
  field_unknown: ({ field }) =>
    `“${shortened(field)}” is nothing that a column can hold. Reload the page for what there is.`,
  field_twice: ({ field, columns }) =>
    `The columns ${list(columns)} are both said to hold “${shortened(field)}”. Choose one.`,
  fields_other: ({ count }) => `The file has ${formatCount(count, "column")}; say for each what it holds.`,
  fields_missing: ({ missing }) => `Say which column holds ${list(missing)}: every code needs it.`,
  import_taken: ({ count }) =>
    `${formatCount(count, "code was", "codes were")} taken since the file was checked. Nothing was imported; the problems below name them.`,
  import_files: ({ names }) => `An import has the files ${names.join(" and ")}.`,
};
