import { z } from "zod";
import { answeredDate } from "@/lib/api/fields";
import type { Budget } from "@/lib/budgets/queries";
import { limitField } from "@/lib/budgets/schema";
import type { Campaign } from "@/lib/campaigns/queries";
import { campaignFeatures, campaignStates } from "@/lib/campaigns/rules";

/** How a campaign's codes are drawn. */
export const codeSettingsModel = z
  .object({ couponPattern: z.string(), validCharacters: z.array(z.string()) })
  .meta({ id: "CodeGeneratorSettings" });

/** A campaign as the API answers it (reference: talon-one-api, B12). */
export const campaignModel = z
  .object({
    id: z.int(),
    created: answeredDate,
    applicationId: z.int(),
    userId: z.int().describe("Always 0: who made a campaign is not kept."),
    name: z.string(),
    description: z.string(),
    startTime: answeredDate.optional(),
    endTime: answeredDate.optional(),
    attributes: z.record(z.string(), z.unknown()),
    state: z.enum(campaignStates),
    tags: z.array(z.string()),
    features: z.array(z.enum(campaignFeatures)),
    referralSettings: codeSettingsModel,
    limits: z.array(limitField),
    budgets: z
      .array(z.object({ action: z.string(), limit: z.number(), counter: z.int() }))
      .describe("In the order of `limits`: what is used of each in its period that runs now, by everybody together."),
    campaignGroups: z.array(z.int()),
    referralRedemptionCount: z.int().describe("Redemptions that count today."),
    referralCreationCount: z.int().describe("Codes made by rules."),
  })
  .meta({ id: "Campaign" });

const isFeature = (feature: string): feature is (typeof campaignFeatures)[number] =>
  campaignFeatures.some((known) => known === feature);

/** A stored campaign as the API answers it. @param redemptions how many count today */
export function campaignAnswer(
  campaign: Campaign,
  budgets: readonly Budget[],
  redemptions: number,
): z.output<typeof campaignModel> {
  const { startTime, endTime } = campaign;
  return {
    id: campaign.id,
    created: campaign.created.toISOString(),
    applicationId: campaign.applicationId,
    userId: 0,
    name: campaign.name,
    description: campaign.description,
    ...(startTime && { startTime: startTime.toISOString() }),
    ...(endTime && { endTime: endTime.toISOString() }),
    attributes: {},
    state: campaign.state,
    tags: campaign.tags,
    features: campaign.features.filter(isFeature),
    referralSettings: { couponPattern: campaign.codePattern, validCharacters: [...campaign.codeCharacters] },
    limits: budgets.map(({ action, limit, period, entities }) => ({
      ...{ action, limit, entities },
      ...(period && { period }),
    })),
    budgets: budgets.map(({ action, limit, used: counter }) => ({ action, limit, counter })),
    campaignGroups: [],
    referralRedemptionCount: redemptions,
    referralCreationCount: 0,
  };
}
