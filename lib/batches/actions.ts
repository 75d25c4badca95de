"use server";

import { defineAction } from "@/lib/action";
import { nameBatch } from "@/lib/batches/commands";
import { nameBatchInput } from "@/lib/batches/schema";

/** Gives a batch a name and a note. */
export const nameBatchAction = defineAction({ input: nameBatchInput, permission: "referrals.edit", run: nameBatch });
