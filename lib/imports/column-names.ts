import { tidied } from "@/lib/codes/rules";
import {
  changeColumns,
  exportColumns,
  type FileColumn,
  type ImportColumn,
  importColumns,
  plainCell,
  uploadKeyTitle,
} from "@/lib/referrals/csv";
import { columnTitles } from "@/lib/referrals/list/search-params";
import { zoneProblem } from "@/lib/zone";

/**
 * A name of a column as it is compared and remembered: one line of at most 200 characters, in lower case, with straight apostrophes and
 * without the guard that our own files put before a title such as “+ Points”.
 */
export function compared(name: string): string {
  return plainCell(tidied(name.slice(0, 200)))
    .toLowerCase()
    .replace(/[’‘ʼ]/g, "'")
    .replace(/\s+/g, " ");
}

/** The columns of a file by their own names, and by what the list calls them. */
const columns = new Map<string, FileColumn>([
  ...[...importColumns, ...changeColumns].map((column) => [column, column] as const),
  [compared(uploadKeyTitle), "uploadkey"],
  [compared(columnTitles.friend), "friendprofileintegrationid"],
  [compared(columnTitles.advocate), "advocateprofileintegrationid"],
  [compared(columnTitles.validFrom), "startdate"],
  [compared(columnTitles.validUntil), "expirydate"],
  ["redemption limit", "limitval"],
]);

/** Which column of a file a name means, and on which zone's clocks its dates are, if it says so; null for none. */
export function columnNamed(name: string): { column: FileColumn; zone: string | null } | null {
  const given = compared(name);
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
  const given = compared(name);
  if (friends.includes(given)) return "friends";
  return redemptions.includes(given) ? "redemptions" : null;
}

/** What our own files have beside what an import reads. */
const ownColumns = new Set(
  [...exportColumns, ...Object.values(columnTitles), uploadKeyTitle, "line", "problem", "link"].map(compared),
);

/** Whether a column is one of our own files, and so left out without a question. */
export function isOwnColumn(name: string): boolean {
  return ownColumns.has(compared(name)) || /^created \([^()]+\)$/.test(compared(name));
}

/** What people call the columns, without blanks and signs. */
const words: Record<Exclude<ImportColumn, "attributes">, string> = {
  code: "referralcode couponcode coupon promocode promotioncode vouchercode voucher discountcode invitecode invitationcode gutschein gutscheincode",
  advocateprofileintegrationid:
    "advocate advocateid advocateintegrationid integrationid profileintegrationid profileid customer customerid referrer referrerid inviter inviterid user userid member memberid kunde kundennummer",
  startdate: "start starts startsat startson from begin begins validfromdate activefrom startat gueltigab",
  expirydate:
    "end ends endsat endson enddate until to validto validtill validtodate validuntildate expires expiresat expireson expiry expiration expirationdate expireat gueltigbis",
  limitval: "limit usagelimit redemptionslimit maxredemptions maxuses maximumuses usesallowed uselimit",
};
const guesses = new Map(
  Object.entries(words).flatMap(([column, names]) =>
    [column, ...names.split(" ")].map((name) => [name, column as ImportColumn]),
  ),
);

/** Which column a name may mean, going by what people call it; null for none. */
export function columnGuessed(name: string): ImportColumn | null {
  const squashed = compared(name)
    .replace("ü", "ue")
    .replace(/[^\p{L}\p{N}]/gu, "");
  return guesses.get(squashed) ?? null;
}
