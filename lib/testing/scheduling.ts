import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { planEdit } from "@/lib/operations/edit";
import { editChangesField, type Selection } from "@/lib/operations/schema";
import { scheduleEdit } from "@/lib/schedules/commands";
import { admitted, makeBatch, makeCampaign, testActor } from "@/lib/testing/builders";
import { workOnce } from "@/lib/testing/work";

/** In milliseconds. */
export const minute = 60_000;
/** The moment so many minutes ahead. */
export const ahead = (minutes: number) => new Date(Date.now() + minutes * minute);
/** The instruction for a redemption limit. */
export const limit = (value: number) => editChangesField.parse({ usageLimit: { do: "set", value } });

/** The campaign of the test that runs. */
export let scope: CampaignIds;
/** The ids of its codes. */
export let ids: string[];
/** Its batch. */
export let selection: Selection;
/** Makes a campaign with three codes in a batch, and the tester an editor of it. */
export async function prepare(): Promise<void> {
  await pool.query("UPDATE schedule SET state = 'cancelled', due = NULL WHERE due IS NOT NULL"); // those of other tests
  scope = await makeCampaign();
  await member("editor");
  const batch = await makeBatch(scope, [{ usageLimit: 1 }, { usageLimit: 2 }, { usageLimit: 10 }]);
  ids = batch.ids;
  selection = { by: "batch", batchId: batch.batchId };
}

/** Takes other codes than the batch. */
export function choose(other: Selection): void {
  selection = other;
}

/** Makes whoever schedules here somebody with a role in the application, or with none. */
export async function member(role: "editor" | "viewer" | null): Promise<void> {
  const { applicationId } = scope;
  const { id, name } = testActor;
  await db.person.upsert({ where: { id }, create: { id, name, email: "tester@example.com" }, update: {} });
  await db.member.deleteMany({ where: { applicationId } });
  const by = { actorKind: "system", actorId: "operator", actorName: "operator" };
  if (role) await db.member.create({ data: { applicationId, personId: id, role, ...by } });
}

/** Schedules a change of the batch; gives its id. */
export async function scheduled(
  changes = limit(10),
  moments: { starts?: Date; ends?: Date | null } = {},
): Promise<string> {
  const { planId } = await planEdit(admitted(scope), { selection, changes });
  const { starts = ahead(10), ends = null } = moments;
  return (await scheduleEdit(admitted(scope), { planId, starts, ends })).scheduleId;
}

/** Lets the moment come that a schedule waits for, and does all that is to be done then. */
export async function comes(scheduleId: string): Promise<void> {
  await pool.query("UPDATE schedule SET due = now() - interval '1 second' WHERE id = $1 AND due IS NOT NULL", [
    scheduleId,
  ]);
  while (await workOnce("worker")) {
    /* until nothing is left */
  }
}

/** The limits that the codes have. */
export const limits = async () => {
  const { rows } = await pool.query("SELECT usage_limit FROM referral WHERE application_id = $1 ORDER BY id", [
    scope.applicationId,
  ]);
  return rows.map(({ usage_limit }) => usage_limit);
};
/** A schedule as it is stored. */
export const read = async (scheduleId: string) => {
  const row = await db.schedule.findFirstOrThrow({ where: { ...scope, id: BigInt(scheduleId) } });
  const text = (id: bigint | null) => (id === null ? null : String(id));
  return { ...row, made: text(row.operationId), undo: text(row.undoId) };
};
