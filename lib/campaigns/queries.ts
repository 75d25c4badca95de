import { cache } from "react";
import type { ApplicationIds, CampaignIds, Scope } from "@/lib/access/scope";
import { type Application, applicationColumns, toApplication } from "@/lib/applications/queries";
import { type CampaignState, hasReferrals } from "@/lib/campaigns/rules";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";

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
  linkPattern: true,
  shareText: true,
  referralCount: true,
  tags: true,
  version: true,
  created: true,
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
  /** How links look by which codes are shared; empty where there are none. */
  linkPattern: string;
  /** What an advocate is sent with a code, with places such as `{code}`; empty where there is none. */
  shareText: string;
  referralCount: number;
  tags: string[];
  version: number;
  created: Date;
  application: Application;
}

/** A campaign; null for an unknown one, and another application's. Layout and page of one request share one statement. */
export function getCampaign({ ids }: Scope<"applications.read">): Promise<Campaign | null> {
  return campaignOf(ids.applicationId, ids.campaignId);
}

/** The refusal of anything about a campaign that is not there, or is another application's. */
export function unknownCampaign({ applicationId, campaignId }: CampaignIds): DomainError {
  return new DomainError("not_found", { reason: "campaign_unknown", place: { applicationId, campaignId } });
}

const campaignOf = cache(async (applicationId: number, id: number): Promise<Campaign | null> => {
  const row = await db.campaign.findUnique({
    where: { applicationId_id: { applicationId, id } },
    select: { ...campaignColumns, application: { select: applicationColumns } },
  });
  if (!row) return null;
  const state = row.state as CampaignState;
  return { ...row, state, hasReferrals: hasReferrals(row), application: toApplication(row.application) };
});

/** The campaigns of an application, in the order they were made. */
export async function listCampaigns(
  { ids }: Scope<"applications.read", ApplicationIds>,
  application: Application,
): Promise<Campaign[]> {
  const rows = await db.campaign.findMany({
    where: { applicationId: ids.applicationId },
    orderBy: { id: "asc" },
    select: campaignColumns,
  });
  return rows.map((row) => ({
    ...row,
    state: row.state as CampaignState,
    hasReferrals: hasReferrals(row),
    application,
  }));
}

/** How many redemptions of the campaign's codes count today. */
export async function countRedemptions({ ids }: Scope<"applications.read">): Promise<number> {
  const { _sum } = await db.redeemed.aggregate({ where: ids, _sum: { usageCounter: true } });
  return _sum.usageCounter ?? 0;
}
