import { cache } from "react";
import type { Actor } from "@/lib/access/actor";
import { type Application, applicationColumns, toApplication } from "@/lib/applications/queries";
import { type CampaignState, hasReferrals } from "@/lib/campaigns/rules";
import { db, Prisma } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { CampaignScope } from "@/lib/operations/schema";
import { featureOff } from "@/lib/operations/scope";
import { countByStatus, type ReferralCounts } from "@/lib/referrals/counts";
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

/**
 * The campaign of a route about referrals, and its scope: what pages say about an unknown one, or one whose feature is off, is
 * refused here.
 * @throws DomainError `not_found`, `feature_off`
 */
export async function referralCampaign(
  actor: Actor,
  { applicationId, campaignId }: { applicationId: string; campaignId: string },
): Promise<{ campaign: Campaign; scope: CampaignScope }> {
  const campaign = await getCampaign(actor, applicationId, campaignId);
  if (!campaign) throw new DomainError("not_found", "There is no such campaign in this application.");
  if (!campaign.hasReferrals) throw featureOff(campaign.name);
  return { campaign, scope: { applicationId: campaign.applicationId, campaignId: campaign.id } };
}

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

/** Counts every code of the campaign by its status at `now`; reads them all, so pages stream it in. */
export function countCampaign({ applicationId, id }: Campaign, now: Date): Promise<ReferralCounts> {
  return countByStatus(Prisma.sql`application_id = ${applicationId} AND campaign_id = ${id}`, now);
}
