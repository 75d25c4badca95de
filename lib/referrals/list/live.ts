import { z } from "zod";
import type { Scope } from "@/lib/access/scope";
import { idField } from "@/lib/codes/schema";
import { listDb } from "@/lib/db";

/** The ids of a page of codes. */
export const liveIdsField = z.array(idField).min(1).max(250);

/** When a list was opened, as text. */
export const openedField = z.iso.datetime().transform((text) => new Date(text));

/** What of a code changes while it is looked at. */
export interface LiveRow {
  id: string;
  usageCounter: number;
  usageLimit: number;
  validFrom: Date | null;
  validUntil: Date | null;
}

/** Codes of a campaign as they are now, of those that are still there; `ids` are at most a page of them. */
export function liveRows(
  { ids: { applicationId, campaignId } }: Scope<"referrals.read">,
  ids: string[],
): Promise<LiveRow[]> {
  return listDb.$queryRaw<LiveRow[]>`
    SELECT r.id::text AS id, r.usage_counter AS "usageCounter", r.usage_limit AS "usageLimit", r.valid_from AS "validFrom",
      r.valid_until AS "validUntil"
    FROM referral r WHERE r.application_id = ${applicationId} AND r.campaign_id = ${campaignId} AND r.id = ANY (${ids.map(BigInt)})`;
}

/** Newer codes are counted so far. */
export const newerMax = 100;

/** How many codes of a campaign were made since a list was opened, up to `newerMax`. */
export async function countNewer(
  { ids: { applicationId, campaignId } }: Scope<"referrals.read">,
  opened: Date,
): Promise<number> {
  const [{ newer }] = await listDb.$queryRaw<[{ newer: bigint }]>`
    SELECT count(*) AS newer FROM (SELECT FROM referral r
      WHERE r.application_id = ${applicationId} AND r.campaign_id = ${campaignId} AND r.created > ${opened}
      ORDER BY r.created DESC LIMIT ${newerMax}) n`;
  return Number(newer);
}
