"use server";

import { defineAction } from "@/lib/action";
import { createCampaign, saveCampaign } from "@/lib/campaigns/commands";
import { createCampaignInput, saveCampaignInput } from "@/lib/campaigns/schema";

/** Makes a campaign. */
export const createCampaignAction = defineAction({
  input: createCampaignInput,
  permission: "campaigns.write",
  run: createCampaign,
});

/** Saves the settings of a campaign. */
export const saveCampaignAction = defineAction({
  input: saveCampaignInput,
  permission: "campaigns.write",
  run: saveCampaign,
});
