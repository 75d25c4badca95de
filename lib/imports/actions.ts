"use server";

import { defineAction } from "@/lib/action";
import { planChanges } from "@/lib/imports/changes";
import { commitImport, discardImport } from "@/lib/imports/commands";
import { rereadImport } from "@/lib/imports/rereading";
import { commitInput, importInput, planChangesInput, rereadInput } from "@/lib/imports/schema";

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

/** Reads a checked file again as somebody says; answers the id that it has then. */
export const rereadImportAction = defineAction({
  input: rereadInput,
  permission: "referrals.import",
  run: rereadImport,
  refreshes: false,
});

/** Plans what a checked file changes of codes that exist; applied as any plan. */
export const planChangesAction = defineAction({
  input: planChangesInput,
  permission: "referrals.edit",
  run: planChanges,
  refreshes: false,
});
