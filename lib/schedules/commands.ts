import { recorded } from "@/lib/access/actor";
import { audit } from "@/lib/access/audit";
import type { Asked, Scope } from "@/lib/access/scope";
import { bulkTransaction, db, Prisma } from "@/lib/db";
import { DomainError, invalidFields } from "@/lib/errors";
import { formatCount } from "@/lib/format";
import { approvalNeeded } from "@/lib/operations/needs-approval";
import { takePlan } from "@/lib/operations/plan";
import { campaignForWriting } from "@/lib/operations/scope";
import { scheduleProblems, schedulesMax } from "@/lib/schedules/rules";
import type { ScheduleInput } from "@/lib/schedules/schema";
import { wakeWorker } from "@/lib/worker/wake";

/**
 * Schedules the edit that a plan shows: the same codes and instructions, planned again when the time comes. The plan goes.
 * @throws DomainError `invalid` for a moment that has passed, is too far or ends before it starts; `not_found` for a plan that is not
 * kept; `conflict` for one that is still made or changes nothing, and where too many are scheduled; `forbidden` for one that needs approval
 */
export async function scheduleEdit(
  scope: Scope<"referrals.edit">,
  { planId, starts, ends }: Asked<ScheduleInput>,
): Promise<{ scheduleId: string; codes: number }> {
  await campaignForWriting(scope);
  const problems = scheduleProblems(starts, ends, new Date());
  if (problems.length > 0) throw invalidFields(problems);
  const { ids, actor } = scope;
  return bulkTransaction(async (tx) => {
    await tx.$executeRaw`SELECT FROM campaign WHERE application_id = ${ids.applicationId} AND id = ${ids.campaignId} FOR UPDATE`;
    const ahead = await tx.schedule.count({ where: { ...ids, state: { in: ["waiting", "lasting"] } } });
    if (ahead >= schedulesMax) throw new DomainError("conflict", { reason: "schedules_full", most: schedulesMax });
    const { selection, input, changed } = await takePlan(tx, scope, planId);
    const above = await approvalNeeded(tx, ids, changed);
    if (above !== null) throw new DomainError("forbidden", { reason: "schedule_unapproved", above });
    const { id } = await tx.schedule.create({
      data: {
        ...ids,
        ...recorded(actor),
        selection,
        input: input as Prisma.InputJsonObject,
        codes: changed,
        starts,
        ends,
        due: starts,
      },
      select: { id: true },
    });
    await audit(tx, scope, {
      event: "edit_scheduled",
      subject: formatCount(changed, "code"),
      after: { scheduleId: String(id), starts, ends },
    });
    return { scheduleId: String(id), codes: changed };
  });
}

/**
 * Cancels a scheduled change before its time. Asked again, it does nothing.
 * @throws DomainError `not_found`; `conflict` where it has been made
 */
export async function cancelSchedule(
  scope: Scope<"referrals.edit">,
  { scheduleId }: { scheduleId: string },
): Promise<void> {
  const set = Prisma.sql`state = 'cancelled', due = NULL`;
  await change(scope, scheduleId, { set, from: "waiting", after: "cancelled", event: "schedule_cancelled" });
}

/**
 * Ends a change that lasts before its time: takes it back now, or keeps it for good.
 * @throws DomainError `not_found`; `conflict` where it has not been made or is over
 */
export async function endSchedule(
  scope: Scope<"referrals.edit">,
  { scheduleId, how }: { scheduleId: string; how: "takeBack" | "keep" },
): Promise<void> {
  const set =
    how === "keep" ? Prisma.sql`state = 'over', due = NULL, ends = NULL` : Prisma.sql`due = clock_timestamp()`;
  await change(scope, scheduleId, { set, from: "lasting", after: "over", event: "schedule_ended", how });
  wakeWorker();
}

interface ScheduleChange {
  set: Prisma.Sql;
  from: "waiting" | "lasting";
  after: "cancelled" | "over";
  event: "schedule_cancelled" | "schedule_ended";
  how?: "takeBack" | "keep";
}

/** Changes a schedule in one state; one that is in the state after it already stays as it is. */
async function change(scope: Scope<"referrals.edit">, scheduleId: string, wanted: ScheduleChange): Promise<void> {
  const { applicationId, campaignId } = scope.ids;
  const { set, from, after, event, how } = wanted;
  const one = Prisma.sql`application_id = ${applicationId} AND campaign_id = ${campaignId} AND id = ${BigInt(scheduleId)}`;
  await db.$transaction(async (tx) => {
    const changed = await tx.$executeRaw`UPDATE schedule SET ${set} WHERE ${one} AND state = ${from}`;
    const [found] = await tx.$queryRaw<
      { state: string; codes: number }[]
    >`SELECT state, codes FROM schedule WHERE ${one}`;
    if (!found) throw new DomainError("not_found", { reason: "schedule_unknown" });
    if (changed === 1)
      return audit(tx, scope, { event, subject: formatCount(found.codes, "code"), after: { scheduleId, how } });
    if (found.state !== after) throw new DomainError("conflict", { reason: "schedule_begun" });
  });
}
