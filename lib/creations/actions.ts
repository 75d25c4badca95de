"use server";

import { defineAction } from "@/lib/action";
import { createReferrals } from "@/lib/creations/commands";
import { createReferralsInput } from "@/lib/creations/schema";

/** Makes codes for one advocate or many; answers with the operation that made them. */
export const createReferralsAction = defineAction({
  input: createReferralsInput,
  permission: "referrals.create",
  run: createReferrals,
});
