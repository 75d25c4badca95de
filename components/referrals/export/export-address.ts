import { type ColumnId, type ExportFormat, type ReferralList, referralPaths } from "@/lib/referrals/list/search-params";

/** Which of a list's codes a file holds. */
export const portions = {
  all: { label: "All of them", narrowed: {} },
  unused: { label: "Unused only: never redeemed", narrowed: { redemptions: "none" } },
  usable: { label: "Usable only: active or scheduled", narrowed: { status: "active,scheduled" } },
} as const;
export type Portion = keyof typeof portions;

/** What a file tells of each code. */
export type Content = "talonOne" | "list" | "codes" | "links" | "merge";

export interface ExportChoice {
  portion: Portion;
  content: Content;
  /** Of what is a table of all columns. */
  format: "csv" | "xlsx";
}

/** The portions that a list can be narrowed to: it does not ask for something else of the same kind yet. */
export function portionsOf(list: ReferralList): Portion[] {
  return (Object.keys(portions) as Portion[]).filter((one) =>
    Object.keys(portions[one].narrowed).every((param) => list[param as "redemptions" | "status"] === ""),
  );
}

/** Where the file is that was chosen. @param columns those that the list shows */
export function exportAddress(
  scope: { applicationId: number; campaignId: number },
  list: ReferralList,
  columns: ColumnId[],
  { portion, content, format }: ExportChoice,
): string {
  const isTable = content === "talonOne" || content === "list";
  const file: ExportFormat = isTable ? format : content;
  const asked = { ...list, ...portions[portion].narrowed, columns: content === "list" ? columns : null };
  return referralPaths(scope).export(asked, file);
}
