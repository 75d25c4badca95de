"use server";

import { defineAction } from "@/lib/action";
import { createApplication, saveTimeZone } from "@/lib/applications/commands";
import { createApplicationInput, saveTimeZoneInput } from "@/lib/applications/schema";

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
