import type { Endpoint } from "./endpoint";
import { createAttribute } from "./endpoints/attributes";
import { deleteReferrals, updateReferrals } from "./endpoints/batch-referrals";
import { getCampaignById, updateCampaignById } from "./endpoints/campaigns";
import { createReferral } from "./endpoints/create-referral";
import { createReferralsForMultipleAdvocates } from "./endpoints/create-referrals-for-multiple-advocates";
import { deleteReferral } from "./endpoints/delete-referral";
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
  getReferralsWithoutTotalCount,
  getReferrals,
  updateReferral,
  deleteReferral,
  updateReferrals,
  deleteReferrals,
  getCampaignById,
  updateCampaignById,
  createAttribute,
];
