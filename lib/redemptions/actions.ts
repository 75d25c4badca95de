"use server";

import { defineAction } from "@/lib/action";
import { campaignIdsField } from "@/lib/operations/schema";
import { repairRedemptions } from "@/lib/redemptions/repair";

/** Sets the counters of a campaign's codes to what the ledger says. */
export const repairRedemptionsAction = defineAction({
  input: campaignIdsField,
  permission: "redemptions.write",
  run: repairRedemptions,
});
