"use server";

import { defineAction } from "@/lib/action";
import { cancelSchedule, endSchedule, scheduleEdit } from "@/lib/schedules/commands";
import { cancelScheduleInput, endScheduleInput, scheduleInput } from "@/lib/schedules/schema";

/** Schedules the edit that a plan shows. */
export const scheduleEditAction = defineAction({
  input: scheduleInput,
  permission: "referrals.edit",
  run: scheduleEdit,
});

/** Cancels a scheduled change before its time. */
export const cancelScheduleAction = defineAction({
  input: cancelScheduleInput,
  permission: "referrals.edit",
  run: cancelSchedule,
});

/** Takes a scheduled change that lasts back now, or keeps it. */
export const endScheduleAction = defineAction({
  input: endScheduleInput,
  permission: "referrals.edit",
  run: endSchedule,
});
