import { cache } from "react";
import type { Actor } from "@/lib/actor";
import { type Application, applicationColumns, toApplication } from "@/lib/applications/queries";
import { type CampaignState, hasReferrals } from "@/lib/campaigns/rules";
import { db } from "@/lib/db";
import { routeId } from "@/lib/route-id";

const campaignColumns = {
  applicationId: true,
  id: true,
  name: true,
  description: true,
  state: true,
  features: true,
  startTime: true,
  endTime: true,
  codePattern: true,
  codeCharacters: true,
  referralCount: true,
  version: true,
} as const;

/** A campaign with the application it belongs to. `referralCount` is exact. */
export interface Campaign {
  applicationId: number;
  id: number;
  name: string;
  description: string;
  state: CampaignState;
  features: string[];
  /** Whether the referrals feature is on. */
  hasReferrals: boolean;
  startTime: Date | null;
  endTime: Date | null;
  codePattern: string;
  codeCharacters: string;
  referralCount: number;
  version: number;
  application: Application;
}

/**
 * A campaign by the ids in the address; null for an unknown campaign, another application's, and ids that are none.
 * Layout and page of one request share one statement.
 */
export const getCampaign = cache(
  async (_actor: Actor, applicationId: string, campaignId: string): Promise<Campaign | null> => {
    const ids = { applicationId: routeId(applicationId), id: routeId(campaignId) };
    if (ids.applicationId === null || ids.id === null) return null;
    const row = await db.campaign.findUnique({
      where: { applicationId_id: { applicationId: ids.applicationId, id: ids.id } },
      select: { ...campaignColumns, application: { select: applicationColumns } },
    });
    if (!row) return null;
    const state = row.state as CampaignState;
    return { ...row, state, hasReferrals: hasReferrals(row), application: toApplication(row.application) };
  },
);

/** The campaigns of an application, in the order they were made. */
export const listCampaigns = cache(async (_actor: Actor, application: Application): Promise<Campaign[]> => {
  const rows = await db.campaign.findMany({
    where: { applicationId: application.id },
    orderBy: { id: "asc" },
    select: campaignColumns,
  });
  return rows.map((row) => ({
    ...row,
    state: row.state as CampaignState,
    hasReferrals: hasReferrals(row),
    application,
  }));
});

/** What has become of a campaign's codes. Each code is in exactly one of the four groups. */
export interface CampaignCounts {
  redemptions: number;
  active: number;
  scheduled: number;
  usedUp: number;
  expired: number;
}

/** Counts every code of the campaign by its status at `now`; reads them all, so pages stream it in. */
export async function countCampaign(campaign: Campaign, now: Date): Promise<CampaignCounts> {
  const [row] = await db.$queryRaw<Record<keyof CampaignCounts, bigint>[]>`
    SELECT coalesce(sum(usage_counter), 0)::bigint AS redemptions,
      count(*) FILTER (WHERE status = 'active') AS active,
      count(*) FILTER (WHERE status = 'scheduled') AS scheduled,
      count(*) FILTER (WHERE status = 'used up') AS "usedUp",
      count(*) FILTER (WHERE status = 'expired') AS expired
    FROM (
      SELECT usage_counter, CASE
        WHEN valid_until <= ${now} THEN 'expired'
        WHEN usage_limit > 0 AND usage_counter >= usage_limit THEN 'used up'
        WHEN valid_from > ${now} THEN 'scheduled'
        ELSE 'active' END AS status
      FROM referral WHERE application_id = ${campaign.applicationId} AND campaign_id = ${campaign.id}
    ) codes`;
  const count = (key: keyof CampaignCounts) => Number(row?.[key] ?? 0);
  return {
    redemptions: count("redemptions"),
    active: count("active"),
    scheduled: count("scheduled"),
    usedUp: count("usedUp"),
    expired: count("expired"),
  };
}
