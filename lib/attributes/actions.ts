"use server";

import { defineAction } from "@/lib/action";
import { createAttribute, deleteAttribute, saveAttribute } from "@/lib/attributes/commands";
import { createAttributeInput, deleteAttributeInput, saveAttributeInput } from "@/lib/attributes/schema";

/** Defines an attribute. */
export const createAttributeAction = defineAction({ input: createAttributeInput, run: createAttribute });

/** Changes what can change of an attribute. */
export const saveAttributeAction = defineAction({ input: saveAttributeInput, run: saveAttribute });

/** Deletes an attribute that no code carries. Its own page is left, not refreshed: there is nothing to show any more. */
export const deleteAttributeAction = defineAction({
  input: deleteAttributeInput,
  run: deleteAttribute,
  refreshes: false,
});
