import { tidied } from "@/lib/codes/rules";
import { type ImportColumn, importColumns } from "@/lib/referrals/csv";
import { columnTitles } from "@/lib/referrals/list/search-params";
import { zoneProblem } from "@/lib/zone";

/** A name of a column as it is compared: one line, in lower case, with straight apostrophes. */
function compared(name: string): string {
  return tidied(name).toLowerCase().replace(/[’‘ʼ]/g, "'").replace(/\s+/g, " ");
}

/** The columns of an import by their own names, and by what the list calls them. */
const columns = new Map<string, ImportColumn>([
  ...importColumns.map((column) => [column, column] as const),
  [compared(columnTitles.advocate), "advocateprofileintegrationid"],
  [compared(columnTitles.validFrom), "startdate"],
  [compared(columnTitles.validUntil), "expirydate"],
  ["redemption limit", "limitval"],
]);

/** Which column of an import a name means, and on which zone's clocks its dates are, if it says so; null for none. */
export function columnNamed(name: string): { column: ImportColumn; zone: string | null } | null {
  const given = compared(name.slice(0, 200));
  const column = columns.get(given);
  if (column) return { column, zone: null };
  // The list's own files say the zone: “Valid until (Europe/Berlin)”.
  const [, title = "", zone = ""] = /^([^()]+) \(([^()]+)\)$/.exec(given) ?? [];
  const dated = columns.get(title);
  if (dated !== "startdate" && dated !== "expirydate") return null;
  const spelled = tidied(name).slice(-zone.length - 1, -1);
  return zoneProblem(spelled) === null ? { column: dated, zone: spelled } : null;
}

const friends = ["friendprofileintegrationid", compared(columnTitles.friend)];
const redemptions = ["counter", compared(columnTitles.redemptions)];

/** What people lose when an import leaves a column out; null where it is known by its name only. */
export function lossNamed(name: string): "friends" | "redemptions" | null {
  const given = compared(name.slice(0, 200));
  if (friends.includes(given)) return "friends";
  return redemptions.includes(given) ? "redemptions" : null;
}
