import { z } from "zod";
import { givenInstantField, idField } from "@/lib/codes/schema";
import { campaignIdsField } from "@/lib/operations/schema";

const moment = givenInstantField;

/** Schedules the edit that a plan shows. `ends` is when it takes itself back; null for never. */
export const scheduleInput = z.strictObject({
  scope: campaignIdsField,
  planId: idField,
  starts: moment,
  ends: moment.nullable().default(null),
});
export type ScheduleInput = z.output<typeof scheduleInput>;

export const cancelScheduleInput = z.strictObject({ scope: campaignIdsField, scheduleId: idField });
/** Of a change that lasts: takes it back now, or keeps it. */
export const endScheduleInput = cancelScheduleInput.extend({ how: z.enum(["takeBack", "keep"]) });

/** `waiting` for its time; `lasting` until it takes itself back; `over`; `cancelled` before its time; `refused` at it. */
export const scheduleStates = ["waiting", "lasting", "over", "cancelled", "refused"] as const;
export type ScheduleState = (typeof scheduleStates)[number];
