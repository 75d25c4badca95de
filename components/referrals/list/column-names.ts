import { type ColumnId, columnTitles, defaultColumns } from "@/lib/referrals/search-params";

/** What a column is called, in the words that its users know; an attribute's by its name. */
export const columnName = (id: ColumnId): string =>
  id.startsWith("attr.") ? id.slice(5) : columnTitles[id as keyof typeof columnTitles];

/** The columns as they are shown: the code names its row, so it comes first and cannot be left out. */
export const shownColumns = (columns: readonly ColumnId[] | null): ColumnId[] => [
  "code",
  ...(columns ?? defaultColumns).filter((id) => id !== "code"),
];
