"use server";

import { defineAction } from "@/lib/action";
import { chooseReferrals } from "@/lib/selections/commands";
import { chooseReferralsInput } from "@/lib/selections/schema";

/** Stores which codes are chosen; answers with the selection. Those of a pasted text come by the route `chosen`. */
export const chooseReferralsAction = defineAction({
  input: chooseReferralsInput,
  permission: "referrals.read",
  run: chooseReferrals,
  refreshes: false,
});
