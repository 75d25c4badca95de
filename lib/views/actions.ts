"use server";

import { defineAction } from "@/lib/action";
import { createView, deleteView, restoreView, saveView } from "@/lib/views/commands";
import { createViewInput, deleteViewInput, restoreViewInput, saveViewInput } from "@/lib/views/schema";

// The pages show no view by themselves: the menu of views asks again for what it offers.

/** Saves what a list shows under a name. */
export const createViewAction = defineAction({
  input: createViewInput,
  permission: "views.write",
  run: createView,
  refreshes: false,
});

/** Gives a view another name or another list. */
export const saveViewAction = defineAction({
  input: saveViewInput,
  permission: "views.write",
  run: saveView,
  refreshes: false,
});

/** Deletes a view; answers with what it was. */
export const deleteViewAction = defineAction({
  input: deleteViewInput,
  permission: "views.write",
  run: deleteView,
  refreshes: false,
});

/** Brings a deleted view back, at the address it had. */
export const restoreViewAction = defineAction({
  input: restoreViewInput,
  permission: "views.write",
  run: restoreView,
  refreshes: false,
});
