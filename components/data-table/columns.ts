import { createColumnHelper, metaHelper, type RowData, tableFeatures } from "@tanstack/react-table";

/** How a column looks. */
export interface ColumnLook {
  /** CSS width, e.g. "9rem"; a column without one takes what is left. */
  width?: string;
  /** The least room it needs, in rem; together they are the width below which the table scrolls sideways. */
  room: number;
  /** The column names its row: it becomes the row's header and stays in sight while the table scrolls sideways. */
  rowHeader?: boolean;
  /** The header is said, not shown. */
  hideHeader?: boolean;
  /** A class of its cells, where the stylesheet treats them alike. */
  cells?: string;
}

// The server searches, sorts and pages, so the table registers no feature of its own but the looks of its columns.
export const features = tableFeatures({ columnMeta: metaHelper<ColumnLook>() });

/** Defines the columns of a DataTable with the type of its rows. */
export function columnsOf<Row extends RowData>() {
  return createColumnHelper<typeof features, Row>();
}
