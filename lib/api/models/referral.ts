import { z } from "zod";
import { answeredDate } from "@/lib/api/fields";
import type { ReferralRow } from "@/lib/referrals/rows";

/** A referral as the API answers it (reference: talon-one-api section 5). What is not set is left out. */
export const referralModel = z
  .object({
    id: z.int(),
    created: answeredDate,
    campaignId: z.int(),
    code: z.string().min(4),
    advocateProfileIntegrationId: z.string().max(1000),
    friendProfileIntegrationId: z.string().max(1000).optional(),
    usageLimit: z.int().min(0).max(999_999).describe("How often the code may be redeemed; 0 is unlimited."),
    usageCounter: z.int().min(0).describe("Redemptions that count today."),
    startDate: answeredDate.optional().describe("The first moment at which the code is valid."),
    expiryDate: answeredDate.optional().describe("The first moment at which it is valid no more."),
    attributes: z.record(z.string(), z.unknown()),
    batchId: z.string().optional(),
    importId: z.int().optional(),
  })
  .meta({ id: "Referral" });
export type ReferralModel = z.output<typeof referralModel>;

/** The same of a customer's inventory, with who redeemed it. */
export const inventoryReferralModel = referralModel
  .extend({ referredCustomers: z.array(z.string()) })
  .meta({ id: "InventoryReferral" });

/** A stored referral as the API answers it. */
export function referralAnswer(row: ReferralRow): ReferralModel {
  return {
    id: Number(row.id),
    created: row.created.toISOString(),
    campaignId: row.campaignId,
    code: row.code,
    advocateProfileIntegrationId: row.advocateIntegrationId,
    ...(row.friendIntegrationId !== null && { friendProfileIntegrationId: row.friendIntegrationId }),
    usageLimit: row.usageLimit,
    usageCounter: row.usageCounter,
    ...(row.validFrom && { startDate: row.validFrom.toISOString() }),
    ...(row.validUntil && { expiryDate: row.validUntil.toISOString() }),
    attributes: row.attributes,
    ...(row.batchId !== null && { batchId: row.batchId }),
    ...(row.importId !== null && { importId: Number(row.importId) }),
  };
}
