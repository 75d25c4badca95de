"use server";

import { defineAction } from "@/lib/action";
import { saveCampaign } from "@/lib/campaigns/commands";
import { saveCampaignInput } from "@/lib/campaigns/schema";

/** Saves the settings of a campaign. */
export const saveCampaignAction = defineAction({ input: saveCampaignInput, run: saveCampaign });
