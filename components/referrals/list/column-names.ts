import { type AttributeTitle, attributeTitle } from "@/lib/attributes/titles";
import { type ColumnId, columnTitles, defaultColumns } from "@/lib/referrals/list/search-params";

/** What a column is called, in the words that its users know. */
export function columnName(attributes: readonly AttributeTitle[], id: ColumnId): string {
  return id.startsWith("attr.")
    ? attributeTitle(attributes, id.slice(5))
    : columnTitles[id as keyof typeof columnTitles];
}

/** The columns as they are shown: the code names its row, so it comes first and cannot be left out. */
export const shownColumns = (columns: readonly ColumnId[] | null): ColumnId[] => [
  "code",
  ...(columns ?? defaultColumns).filter((id) => id !== "code"),
];
