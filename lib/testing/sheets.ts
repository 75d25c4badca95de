import { parse } from "csv-parse/sync";
import type { CampaignIds } from "@/lib/access/scope";
import { listAttributes } from "@/lib/attributes/queries";
import { getImport, type ImportDetail } from "@/lib/imports/queries";
import { takeUpload } from "@/lib/imports/rereading";
import { formatRow } from "@/lib/referrals/csv";
import { exportReferrals } from "@/lib/referrals/export";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { admitted } from "@/lib/testing/builders";

/** A file as a spreadsheet has it: each row by the names of the columns. */
export type Sheet = Record<string, string>[];

/** The codes of a campaign as a file to change, oldest first. */
export async function sheetOf(scope: CampaignIds, filter: ReferralFilter = {}, zone = "Europe/Berlin"): Promise<Sheet> {
  const request = {
    filter,
    sort: "created" as const,
    format: "changes" as const,
    columns: null,
    attributes: await listAttributes(admitted(scope)),
    linkPattern: "",
    now: new Date(),
    zone,
  };
  const stream = await exportReferrals(admitted(scope), request, new AbortController().signal);
  return parse(await new Response(stream).text(), { columns: true, bom: true });
}

/** The file with the cells that it has now. */
export function sheetText(sheet: Sheet, delimiter = ","): string {
  const names = Object.keys(sheet[0] ?? {});
  return [names, ...sheet.map((row) => names.map((name) => row[name] ?? ""))]
    .map((cells) => `${formatRow(cells, delimiter)}\r\n`)
    .join("");
}

/** Uploads a file; gives what was found in it. */
export async function uploadedSheet(scope: CampaignIds, sheet: Sheet | string): Promise<ImportDetail> {
  const text = typeof sheet === "string" ? sheet : sheetText(sheet);
  const body = (async function* () {
    yield new TextEncoder().encode(text);
  })();
  const importId = await takeUpload(admitted(scope), { name: "changed.csv", body });
  const found = await getImport(admitted(scope), importId);
  if (!found) throw new Error("no such import");
  return found;
}
