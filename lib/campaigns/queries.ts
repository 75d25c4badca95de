import { cache } from "react";
import type { ApplicationIds, CampaignIds, Scope } from "@/lib/access/scope";
import { type Application, toApplication } from "@/lib/applications/queries";
import { type CampaignState, hasReferrals } from "@/lib/campaigns/rules";
import { askQuickly, db, type Prepared } from "@/lib/db";
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

// Every page of a campaign asks this: it is prepared, because by Prisma it took a tenth of what the list takes.
const prepared: Prepared = {
  name: "campaign",
  text: `SELECT c.application_id AS "applicationId", c.id, c.name, c.description, c.state, c.features, c.start_time AS "startTime",
      c.end_time AS "endTime", c.code_pattern AS "codePattern", c.code_characters AS "codeCharacters", c.link_pattern AS "linkPattern",
      c.share_text AS "shareText", c.referral_count AS "referralCount", c.tags, c.version, c.created,
      jsonb_build_object('id', a.id, 'name', a.name, 'timeZone', a.time_zone, 'caseSensitivity', a.case_sensitivity, 'attributes', ARRAY(
        SELECT jsonb_build_object('name', d.name, 'title', d.title, 'type', d.type)
        FROM attribute_definition d WHERE d.application_id = a.id ORDER BY d.position, d.name)) AS application
    FROM campaign c JOIN application a ON a.id = c.application_id WHERE c.application_id = $1 AND c.id = $2`,
};

interface Found extends Omit<Campaign, "hasReferrals" | "application"> {
  application: Parameters<typeof toApplication>[0];
}

const campaignOf = cache(async (applicationId: number, id: number): Promise<Campaign | null> => {
  const [row] = await askQuickly<Found>(prepared, [applicationId, id]);
  return row ? { ...row, hasReferrals: hasReferrals(row), application: toApplication(row.application) } : null;
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
