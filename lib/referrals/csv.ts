/** The columns an import understands; the first two are required. Header names are compared in lower case. */
export const importColumns = [
  "code",
  "advocateprofileintegrationid",
  "startdate",
  "expirydate",
  "limitval",
  "attributes",
] as const;
export type ImportColumn = (typeof importColumns)[number];
export const requiredColumns: readonly ImportColumn[] = ["code", "advocateprofileintegrationid"];

/** The columns of a file that changes codes, besides their attributes; the first two are required. */
export const changeColumns = [
  "code",
  "uploadkey",
  "advocateprofileintegrationid",
  "startdate",
  "expirydate",
  "limitval",
  "friendprofileintegrationid",
] as const;
/** What the column of upload keys is called. */
export const uploadKeyTitle = "Upload key";
/** What a column of a file can hold: one of these, or the values of one attribute. */
export type FileColumn = ImportColumn | (typeof changeColumns)[number];
export type ImportField = FileColumn | `attributes.${string}`;

/** The header of an export, in Talon.One's order. */
export const exportColumns = [
  "id",
  "created",
  "campaignid",
  "advocateprofileintegrationid",
  "friendprofileintegrationid",
  "startdate",
  "expirydate",
  "code",
  "importid",
  "attributes",
  "batchid",
  "counter",
  "limitval",
] as const;

/** With what text begins that a spreadsheet would run: `=`, `+`, `@`, `-` (also full width), tab or line break. */
export const formulaStarts = "=+@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n-";
/** Text that a spreadsheet would run, after any number of `'`. */
export const formulaPattern = `^'*[${formulaStarts}]`;
const formula = new RegExp(formulaPattern);

/** The cell that shows `value` in a spreadsheet without running it: one more `'` in front where needed. */
export function safeCell(value: string): string {
  return formula.test(value) ? `'${value}` : value;
}

/** The value that `safeCell` was given. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

/** One row as CSV text without its line end; quoted where the text needs it. */
export function formatRow(cells: readonly string[], delimiter = ","): string {
  return cells
    .map((cell) => (cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(delimiter);
}
