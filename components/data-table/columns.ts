import type { Cell } from "./cells";

/** How a column looks. */
export interface ColumnLook {
  /** In rem, whatever else is shown; a column without one shares with its like what the others leave. */
  width?: number;
  /** The column names its row: it becomes the row's header and stays in sight while the table scrolls sideways. */
  rowHeader?: boolean;
  /** The header is said, not shown. */
  hideHeader?: boolean;
  /** A class of its cells and its header, where the stylesheet treats them alike. */
  cells?: string;
}

/** A column that a table shows. */
export interface Column<Row> {
  id: string;
  header: string;
  /** What it shows of a row. */
  cell: (row: Row) => Cell;
  look: ColumnLook;
}

// What a column that shares the rest has at least, in rem: where the table fits so, and where it scrolls anyway.
const tight = 4.5;
const roomy = 10;

/**
 * The widths of a table with these columns, in rem. Where none shares the rest, the row's header takes it.
 * `stuck` is where what scrolls sideways begins.
 * @param ticks what the boxes of the rows take
 */
export function tableWidths(looks: ColumnLook[], ticks: number) {
  const fixed = looks.reduce((sum, { width }) => sum + (width ?? 0), ticks);
  const sharing = looks.filter(({ width }) => width === undefined).length;
  return {
    widths: looks.map(({ width, rowHeader }) => (sharing === 0 && rowHeader ? undefined : width)),
    least: fixed + sharing * tight,
    good: fixed + sharing * roomy,
    stuck: ticks + (looks.find(({ rowHeader }) => rowHeader)?.width ?? 0),
  };
}
