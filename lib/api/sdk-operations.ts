const both = ["4.3.0", "5.0.1-rc"] as const;
const older = ["4.3.0"] as const;
const newer = ["5.0.1-rc"] as const;

/** Which of Talon.One's published JavaScript SDKs have an operation; `sdk.db.test.ts` asks the SDKs whether this is so. */
export const sdkOperations: Readonly<Record<string, readonly ("4.3.0" | "5.0.1-rc")[]>> = {
  createReferral: both,
  createReferralsForMultipleAdvocates: newer,
  getReferralsWithoutTotalCount: both,
  getReferrals: older,
  updateReferral: newer,
  deleteReferral: both,
  exportReferrals: newer,
  importReferrals: newer,
  getApplicationCustomerFriends: newer,
  getCustomerInventory: both,
  updateCustomerSessionV2: both,
  getCustomerSession: newer,
  reopenCustomerSession: newer,
  returnCartItems: newer,
  getApplicationSessions: both,
  getApplicationSession: both,
  getApplicationEventsWithoutTotalCount: both,
  getCampaigns: both,
  getCampaign: both,
  updateCampaign: both,
  createAttribute: both,
  getAttributes: both,
  getAttribute: both,
  getCampaignAnalytics: both,
  getAccountAnalytics: both,
  getExports: both,
  getChanges: both,
  deleteCustomerData: both,
  getCouponsWithoutTotalCount: both,
  searchCouponsAdvancedApplicationWideWithoutTotalCount: both,
  exportCoupons: both,
  deleteCoupons: both,
};
