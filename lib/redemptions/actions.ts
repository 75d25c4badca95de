"use server";

import { z } from "zod";
import { defineAction } from "@/lib/action";
import { smallIdField } from "@/lib/codes/schema";
import { repairRedemptions } from "@/lib/redemptions/repair";

/** Sets the counters of a campaign's codes to what the ledger says. */
export const repairRedemptionsAction = defineAction({
  input: z.strictObject({ applicationId: smallIdField, campaignId: smallIdField }),
  permission: "redemptions.write",
  run: repairRedemptions,
});
