import fc from "fast-check";
import type { CampaignIds } from "@/lib/access/scope";
import { searchKey } from "@/lib/codes/folding";
import { pool } from "@/lib/db";
import { type ExportRequest, exportReferrals } from "@/lib/referrals/export";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { admitted } from "./builders";

/** When and where the exports of tests are made. */
export const time = { now: new Date("2026-11-22T14:03:05.120Z"), zone: "Europe/Berlin" };

/** What is asked of an export: all columns as CSV, newest first, unless told otherwise. */
export const request = (filter: ReferralFilter, more: Partial<ExportRequest> = {}): ExportRequest => ({
  filter,
  sort: "-created",
  format: "csv",
  columns: null,
  attributes: [],
  linkPattern: "",
  ...time,
  ...more,
});

/** The signal of a reader who stays. */
export const stays = () => new AbortController().signal;

/** An export of a campaign, as text. */
export const exportedFrom = async (
  scope: CampaignIds,
  filter: ReferralFilter = {},
  more: Partial<ExportRequest> = {},
) =>
  // not text(), which takes the byte order mark off
  Buffer.from(
    await new Response(await exportReferrals(admitted(scope), request(filter, more), stays())).arrayBuffer(),
  ).toString();

/** Codes that there can be, also such as spreadsheets take for something else. */
export const someCode = fc
  .tuple(fc.constantFrom("", "-", "+", "@", "--"), fc.stringMatching(/^[A-Z0-9ÉÜ字._%+@#-]{4,20}$/))
  .map((parts) => parts.join(""));

/** A code as it is stored. */
export interface Made {
  code: string;
  advocate: string;
  friend: string | null;
  limit: number;
  from: Date | null;
  until: Date | null;
  attributes: object;
}

/** Stores codes as they are, past every rule of the application but the database's own. */
export async function store(scope: CampaignIds, rows: Made[]): Promise<void> {
  for (const row of rows) {
    await pool.query(
      `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id,
         friend_integration_id, usage_limit, valid_from, valid_until, attributes, origin)
       VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, 'created')`,
      [
        scope.applicationId,
        scope.campaignId,
        row.code,
        searchKey(row.code),
        row.advocate,
        row.friend,
        row.limit,
        row.from?.toISOString(),
        row.until?.toISOString(),
        JSON.stringify(row.attributes),
      ],
    );
  }
}
