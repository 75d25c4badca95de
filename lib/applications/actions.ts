"use server";

import { defineAction } from "@/lib/action";
import { saveApproval } from "@/lib/applications/approval";
import { createApplication, saveTimeZone } from "@/lib/applications/commands";
import { createApplicationInput, saveApprovalInput, saveTimeZoneInput } from "@/lib/applications/schema";

/** Makes an application. */
export const createApplicationAction = defineAction({
  input: createApplicationInput,
  permission: "applications.create",
  run: createApplication,
});

/** Changes the zone of an application's clocks. */
export const saveTimeZoneAction = defineAction({
  input: saveTimeZoneInput,
  permission: "applications.write",
  run: saveTimeZone,
});

/** Changes which changes of codes need a second person's approval. */
export const saveApprovalAction = defineAction({
  input: saveApprovalInput,
  permission: "applications.write",
  run: saveApproval,
});
