import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { filterParams, filterTexts } from "@/lib/referrals/list/filter/text";
import type { ExportFormat } from "@/lib/referrals/list/search-params";
import { toWall } from "@/lib/zone";

function slug(text: string, most = 40): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, most)
    .replace(/^-+|-+$/g, "");
}

const endings: Record<ExportFormat, string> = {
  csv: "csv",
  xlsx: "xlsx",
  codes: "txt",
  links: "txt",
  merge: "csv",
  changes: "csv",
  "changes-xlsx": "xlsx",
};

const starts: Partial<Record<ExportFormat, string>> = {
  codes: "codes",
  links: "links",
  merge: "mail-merge",
  changes: "referrals-to-change",
  "changes-xlsx": "referrals-to-change",
};

/**
 * A file name of letters, digits and dashes that says what the export holds, and when it was made on the clocks of which
 * zone: `referrals-refer-a-friend-status-active-20261122T1503-europe-berlin.csv`. One with columns of its own, which cannot
 * be imported again, is a `referrals-list-…`.
 */
export function exportFileName(
  campaign: { id: number; name: string },
  {
    filter,
    format,
    columns,
    ...time
  }: { filter: ReferralFilter; format: ExportFormat; columns: readonly string[] | null; now: Date; zone: string },
): string {
  const texts = filterTexts(filter);
  const asked = [
    ...filterParams.map((param) => [param === "q" ? "search" : param, texts[param]] as const),
    ...Object.entries(texts.attributes),
  ].filter(([, text]) => text !== "");
  const conditions = asked.flatMap(([name, text]) => [slug(name), slug(text) || "text"]).join("-");
  const clock = toWall(time.now, time.zone)
    .toISOString()
    .replace(/[-:]|\.\d+Z/g, "")
    .slice(0, 13);
  const parts = [
    starts[format] ?? (columns === null ? "referrals" : "referrals-list"),
    slug(campaign.name) || `campaign-${campaign.id}`,
    conditions.slice(0, 120).replace(/-+$/, ""),
    clock,
    slug(time.zone),
  ];
  return `${parts.filter((part) => part !== "").join("-")}.${endings[format]}`;
}
