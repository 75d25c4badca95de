import { createColumnHelper, metaHelper, type RowData, tableFeatures } from "@tanstack/react-table";

/** How a column looks. Widths add up to the table's own, below which it scrolls. */
export interface ColumnLook {
  /** CSS width, e.g. "9rem"; a column without one takes what is left. */
  width?: string;
  /** The column names its row: it becomes the row's header and stays in sight while the table scrolls sideways. */
  rowHeader?: boolean;
  /** The header is said, not shown. */
  hideHeader?: boolean;
}

// The server searches, sorts and pages, so the table registers no feature of its own but the looks of its columns.
export const features = tableFeatures({ columnMeta: metaHelper<ColumnLook>() });

/** Defines the columns of a DataTable with the type of its rows. */
export function columnsOf<Row extends RowData>() {
  return createColumnHelper<typeof features, Row>();
}
