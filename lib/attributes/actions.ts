"use server";

import { defineAction } from "@/lib/action";
import { createAttribute, deleteAttribute, saveAttribute } from "@/lib/attributes/commands";
import { createAttributeInput, deleteAttributeInput, saveAttributeInput } from "@/lib/attributes/schema";

/** Defines an attribute. */
export const createAttributeAction = defineAction({
  input: createAttributeInput,
  permission: "attributes.write",
  run: createAttribute,
});

/** Changes what can change of an attribute. */
export const saveAttributeAction = defineAction({
  input: saveAttributeInput,
  permission: "attributes.write",
  run: saveAttribute,
});

/** Deletes an attribute that no code carries. Its own page is left, not refreshed: there is nothing to show any more. */
export const deleteAttributeAction = defineAction({
  input: deleteAttributeInput,
  permission: "attributes.write",
  run: deleteAttribute,
  refreshes: false,
});
