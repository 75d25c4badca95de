import { type ColumnId, type ExportFormat, type ReferralList, referralPaths } from "@/lib/referrals/list/search-params";

/** Which of a list's codes a file holds. */
export const portions = {
  all: { label: "All of them", narrowed: {} },
  unused: { label: "Unused only: never redeemed", narrowed: { redemptions: "none" } },
  usable: { label: "Usable only: active or scheduled", narrowed: { status: "active,scheduled" } },
} as const;
export type Portion = keyof typeof portions;

/** What a file tells of each code. */
export type Content = "talonOne" | "list" | "changes" | "codes" | "links" | "merge";

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

/** Whether a file is a table that a spreadsheet can have as its own. */
export const isTable = (content: Content) => content === "talonOne" || content === "list" || content === "changes";

function formatOf({ content, format }: ExportChoice): ExportFormat {
  if (content === "changes") return format === "csv" ? "changes" : "changes-xlsx";
  return content === "talonOne" || content === "list" ? format : content;
}

/** Where the file is that was chosen. @param columns those that the list shows */
export function exportAddress(
  scope: { applicationId: number; campaignId: number },
  list: ReferralList,
  columns: ColumnId[],
  choice: ExportChoice,
): string {
  const { narrowed } = portions[choice.portion];
  const asked = { ...list, ...narrowed, columns: choice.content === "list" ? columns : null };
  return referralPaths(scope).export(asked, formatOf(choice));
}
