import type { Endpoint } from "./endpoint";
import { getApplicationSessions, getCampaignAnalytics } from "./endpoints/analytics";
import { createAttribute } from "./endpoints/attributes";
import { deleteReferrals, updateReferrals } from "./endpoints/batch-referrals";
import { getCampaignById, updateCampaignById } from "./endpoints/campaigns";
import { createReferral } from "./endpoints/create-referral";
import { createReferralsForMultipleAdvocates } from "./endpoints/create-referrals-for-multiple-advocates";
import { getApplicationCustomerFriends, getCustomerInventory } from "./endpoints/customers";
import { deleteReferral } from "./endpoints/delete-referral";
import { exportReferrals } from "./endpoints/export-referrals";
import { importReferrals } from "./endpoints/import-referrals";
import { getReferrals, getReferralsWithoutTotalCount } from "./endpoints/list-referrals";
import {
  getCustomerSession,
  reopenCustomerSession,
  returnCartItems,
  updateCustomerSession,
} from "./endpoints/sessions";
import { updateReferral } from "./endpoints/update-referral";

/** All endpoints of the API, in the order in which the documentation lists them. */
export const endpoints: readonly Endpoint[] = [
  updateCustomerSession,
  reopenCustomerSession,
  returnCartItems,
  getCustomerSession,
  createReferral,
  createReferralsForMultipleAdvocates,
  importReferrals,
  exportReferrals,
  getReferralsWithoutTotalCount,
  getReferrals,
  updateReferral,
  deleteReferral,
  updateReferrals,
  deleteReferrals,
  getCampaignById,
  updateCampaignById,
  createAttribute,
  getApplicationCustomerFriends,
  getCustomerInventory,
  getApplicationSessions,
  getCampaignAnalytics,
];
