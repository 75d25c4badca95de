import type { ReactNode } from "react";
import { cx } from "./cx";
import { Table } from "./table";

type ShortListProps<Row> = {
  /** What is listed. */
  caption: string;
  rows: Row[];
  keyOf: (row: Row) => string;
  /** What each row is known by, first; then its facts. A cell may be empty. */
  columns: { title: string; of: (row: Row) => ReactNode }[];
  /** The buttons for what can be done with a row, where there is something. */
  acts?: (row: Row) => ReactNode;
  flush?: boolean;
  className?: string;
};

/** A list of few things, and what can be done with each: a table where there is room for it, else a card for each. Its buttons are always in sight. */
export function ShortList<Row>({ caption, rows, keyOf, columns, acts, flush, className }: ShortListProps<Row>) {
  const [name, ...facts] = columns;
  return (
    <Table caption={caption} flush={flush} className={cx("short-list", className)}>
      <thead>
        <tr>
          {columns.map(({ title }) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
          {acts && (
            <th scope="col" className="acts">
              <span className="sr-only">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <th scope="row">{name?.of(row)}</th>
            {facts.map(({ title, of }) => (
              <td key={title} data-title={title}>
                {of(row)}
              </td>
            ))}
            {acts && <td className="acts @max-[52rem]:[&_button]:min-h-10">{acts(row)}</td>}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** What a row is known by, and below it, quiet, what is said of it besides. */
export function Named({ children, below }: { children: ReactNode; below: ReactNode }) {
  return (
    <>
      {children}
      {below && <span className="block text-sm font-normal text-mute">{below}</span>}
    </>
  );
}
