import type { Scope } from "@/lib/access/scope";
import { db, type Prisma } from "@/lib/db";
import { type EditChanges, editChangesField, type Selection } from "@/lib/operations/schema";
import { keptSentence } from "@/lib/reasons";
import type { ScheduleState } from "@/lib/schedules/schema";

/** A scheduled change as pages show it. */
export interface Schedule {
  id: string;
  by: string;
  selection: Selection;
  changes: EditChanges;
  /** How many codes the plan that was scheduled would have changed. */
  codes: number;
  starts: Date;
  ends: Date | null;
  state: ScheduleState;
  operationId: string | null;
  undoId: string | null;
  /** Why it did not take place, for people. */
  refusal: string | null;
  created: Date;
}

/** How many are listed of those that wait or last; no campaign can have more. */
const listedMax = 500;
/** For how many days one that was refused is told of. */
const toldFor = 30;

type Row = Prisma.ScheduleGetPayload<object>;

const told = (row: Row): Schedule => ({
  id: String(row.id),
  by: row.actorName,
  selection: row.selection as Selection,
  changes: editChangesField.parse(row.input),
  codes: row.codes,
  starts: row.starts,
  ends: row.ends,
  state: row.state as ScheduleState,
  operationId: row.operationId === null ? null : String(row.operationId),
  undoId: row.undoId === null ? null : String(row.undoId),
  refusal: keptSentence(row.refusal),
  created: row.created,
});

/** The changes of a campaign that wait for their time or last, soonest first, and those that were refused lately. */
export async function listSchedules({ ids }: Scope<"referrals.read">, now: Date): Promise<Schedule[]> {
  const since = new Date(now.getTime() - toldFor * 86_400_000);
  const rows = await db.schedule.findMany({
    where: { ...ids, OR: [{ due: { not: null } }, { state: "refused", starts: { gt: since } }] },
    orderBy: [{ due: { sort: "asc", nulls: "last" } }, { id: "desc" }],
    take: listedMax,
  });
  return rows.map(told);
}

/** The schedule that made an operation, or took one back; null where somebody did. */
export async function scheduleOf({ ids }: Scope<"referrals.read">, operationId: string): Promise<Schedule | null> {
  const id = BigInt(operationId);
  const row = await db.schedule.findFirst({ where: { ...ids, OR: [{ operationId: id }, { undoId: id }] } });
  return row && told(row);
}
