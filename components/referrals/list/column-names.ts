import { type ColumnId, type columnIds, defaultColumns } from "@/lib/referrals/search-params";

/** What the columns are called, in the words that their users know. */
export const columnNames: Record<(typeof columnIds)[number], string> = {
  code: "Code",
  status: "Status",
  redemptions: "Redemptions",
  advocate: "Advocate's Integration ID",
  friend: "Friend's Integration ID",
  batch: "Batch ID",
  origin: "Origin",
  created: "Created",
  validFrom: "Valid from",
  validUntil: "Valid until",
  attributes: "Attributes",
};
export const columnName = (id: ColumnId): string =>
  id.startsWith("attr.") ? id.slice(5) : columnNames[id as keyof typeof columnNames];

/** The columns as they are shown: the code names its row, so it comes first and cannot be left out. */
export const shownColumns = (columns: readonly ColumnId[] | null): ColumnId[] => [
  "code",
  ...(columns ?? defaultColumns).filter((id) => id !== "code"),
];
