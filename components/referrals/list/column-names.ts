import { type ColumnId, columnTitles, defaultColumns } from "@/lib/referrals/search-params";

/**
 * What columns and conditions on attributes are called, in the words that their users know: an attribute by its title, or by its name
 * as long as `attributes` are not there.
 */
export function attributeTitle(attributes: readonly Titled[] | null, id: string): string {
  const name = id.slice(5);
  return attributes?.find((one) => one.name === name)?.title || name;
}

type Titled = { name: string; title: string };

/** Tells what a column is called. */
export const columnNamer =
  (attributes: readonly Titled[] | null) =>
  (id: ColumnId): string =>
    id.startsWith("attr.") ? attributeTitle(attributes, id) : columnTitles[id as keyof typeof columnTitles];

/** The columns as they are shown: the code names its row, so it comes first and cannot be left out. */
export const shownColumns = (columns: readonly ColumnId[] | null): ColumnId[] => [
  "code",
  ...(columns ?? defaultColumns).filter((id) => id !== "code"),
];
