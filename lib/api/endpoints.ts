import type { Endpoint } from "./endpoint";
import { createReferral } from "./endpoints/create-referral";
import { importReferrals } from "./endpoints/import-referrals";
import {
  getCustomerSession,
  reopenCustomerSession,
  returnCartItems,
  updateCustomerSession,
} from "./endpoints/sessions";

/** All endpoints of the API, in the order in which the documentation lists them. */
export const endpoints: readonly Endpoint[] = [
  updateCustomerSession,
  reopenCustomerSession,
  returnCartItems,
  getCustomerSession,
  createReferral,
  importReferrals,
];
