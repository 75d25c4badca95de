"use server";

import { defineAction } from "@/lib/action";
import { commitImport, discardImport } from "@/lib/imports/commands";
import { commitInput, importInput } from "@/lib/imports/schema";

/** Makes the codes of a checked file; the import's own id makes a second click harmless. */
export const commitImportAction = defineAction({
  input: commitInput,
  permission: "referrals.import",
  run: commitImport,
});

/** Forgets a checked file. */
export const discardImportAction = defineAction({
  input: importInput,
  permission: "referrals.import",
  run: discardImport,
  refreshes: false,
});
