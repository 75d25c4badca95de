import type { Endpoint } from "./endpoint";
import { createReferral } from "./endpoints/create-referral";

/** All endpoints of the API, in the order in which the documentation lists them. */
export const endpoints: readonly Endpoint[] = [createReferral];
