import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { db, Prisma } from "@/lib/db";
import { type Approval, approvalOf } from "@/lib/operations/approvals";
import type { Refusal } from "@/lib/operations/reasons";
import { written } from "@/lib/operations/record";
import { moment, type OperationRecord, type OperationRow, operationRows, toRow } from "@/lib/operations/rows";
import type { ChangeFilter, FieldValues, OperationSummary } from "@/lib/operations/rules";
import type { OperationEffect, OperationKind } from "@/lib/operations/schema";
import { leftIds } from "@/lib/operations/target";
import { keptSentence } from "@/lib/reasons";

/** An operation with what its plan found. `summary` is null for creations, which have no plan. */
export interface OperationDetail extends OperationRow {
  summary: OperationSummary | null;
  /** The stored selection it was about, where it was about one. */
  selectionId: string | null;
  /** Whether it left codes that the same change can be planned for again. */
  leftForRetry: boolean;
  /** The approval that it waits or waited for; null where nobody was asked. */
  approval: Approval | null;
}

/** The newest operations of a campaign, at most `size`. The log itself is read by `readLog`. */
export async function latestOperations({ ids }: Scope<"referrals.read">, size: number): Promise<OperationRow[]> {
  const records = await db.$queryRaw<OperationRecord[]>`
    ${operationRows(ids, Prisma.sql`true`, Prisma.sql`NULL`)} ORDER BY ${moment} DESC, o.id DESC LIMIT ${size}`;
  return records.map(toRow);
}

const onRecord = Prisma.sql`o.state IN ('waiting', 'running', 'applied', 'ended')`;

/** One operation of a campaign that runs or is applied, or waits for approval or ended without it; or null. */
export async function getOperation(scope: Scope<"referrals.read">, id: string): Promise<OperationDetail | null> {
  const { ids } = scope;
  const [record] = await db.$queryRaw<OperationRecord[]>(
    operationRows(ids, Prisma.sql`o.id = ${BigInt(id)}`, Prisma.sql`o.summary`, onRecord),
  );
  if (!record) return null;
  const { kind, summary } = record;
  const repeatable = kind === "edit" || kind === "delete";
  const left =
    repeatable && summary?.refusals.some(({ refusal }) => refusal === "cancelled" || refusal === "changed_since");
  const [{ leftForRetry }] = left
    ? await db.$queryRaw<[{ leftForRetry: boolean }]>`
        SELECT EXISTS (${leftIds(ids, record.id)}) AS "leftForRetry"`
    : [{ leftForRetry: false }];
  const selectionId = record.selection?.by === "selection" ? record.selection.selectionId : null;
  return { ...toRow(record), summary, selectionId, leftForRetry, approval: await approvalOf(scope, id) };
}

/** One row of the log: what an operation did to one code, or why it did nothing. */
export interface ChangeRow {
  referralId: string;
  code: string;
  before: FieldValues | null;
  after: FieldValues | null;
  refusal: Refusal | null;
  kept: FieldValues | null;
  /** Whether the code exists now, so that it can be linked. */
  exists: boolean;
}

const filterConditions: Record<ChangeFilter, Prisma.Sql> = {
  changed: Prisma.sql`c.refusal IS NULL`,
  refused: Prisma.sql`c.refusal IS NOT NULL`,
  kept: Prisma.sql`c.kept IS NOT NULL`,
};

/** The recorded rows of an operation, newest code first: `size` of them with an id below `before`. */
export async function listChanges(
  { ids }: Scope<"referrals.read">,
  operationId: string,
  page: { show: ChangeFilter; before: string | null; size: number },
): Promise<{ rows: ChangeRow[]; hasMore: boolean }> {
  const older = page.before === null ? Prisma.sql`true` : Prisma.sql`c.referral_id < ${BigInt(page.before)}`;
  const records = await db.$queryRaw<(Omit<ChangeRow, "referralId"> & { referral_id: bigint })[]>`
    SELECT c.referral_id, c.code, c.before, ${written} AS after, c.refusal, c.kept, r.id IS NOT NULL AS exists
    FROM change c JOIN operation o ON o.application_id = c.application_id AND o.id = c.operation_id
    LEFT JOIN referral r ON r.application_id = c.application_id AND r.id = c.referral_id
    WHERE c.application_id = ${ids.applicationId} AND c.operation_id = ${BigInt(operationId)}
      AND ${filterConditions[page.show]} AND ${older}
    ORDER BY c.referral_id DESC LIMIT ${page.size + 1}`;
  const rows = records
    .slice(0, page.size)
    .map(({ referral_id, ...row }) => ({ referralId: String(referral_id), ...row }));
  return { rows, hasMore: records.length > page.size };
}

/** What happened to one code: a recorded change with its operation. */
export interface HistoryEntry {
  operationId: string;
  kind: OperationKind;
  effect: OperationEffect;
  actor: string;
  applied: Date;
  before: FieldValues | null;
  after: FieldValues | null;
}

/** The history of one code, newest first, at most `size` entries. */
export async function listHistory(
  { ids }: Scope<"referrals.read">,
  referralId: string,
  size: number,
): Promise<HistoryEntry[]> {
  const records = await db.$queryRaw<(Omit<HistoryEntry, "operationId"> & { operation_id: bigint })[]>`
    SELECT c.operation_id, o.kind, o.effect, o.actor_name AS actor, coalesce(o.applied, o.started) AS applied, c.before, ${written} AS after
    FROM change c JOIN operation o ON o.application_id = c.application_id AND o.id = c.operation_id
    WHERE c.application_id = ${ids.applicationId} AND c.referral_id = ${BigInt(referralId)}
      AND o.campaign_id = ${ids.campaignId} AND c.refusal IS NULL
      AND (o.state = 'applied' OR (o.state = 'running' AND (c.referral_id <= o.done_to OR o.kind IN ('create', 'import'))))
    ORDER BY coalesce(o.applied, o.started) DESC, o.id DESC LIMIT ${size}`;
  return records.map(({ operation_id, ...entry }) => ({ operationId: String(operation_id), ...entry }));
}

/** An operation that runs in the background, or ran until a moment ago: what a progress bar shows. */
export interface OperationProgress {
  id: string;
  campaignId: number;
  kind: OperationKind;
  effect: OperationEffect;
  undoesId: string | null;
  /** Codes that are through, of all; those left alone among them are `refused`. */
  done: number;
  total: number;
  changed: number;
  refused: number;
  /** What went wrong at the last try, which is repeated; null while all goes well. */
  problem: string | null;
  cancelled: boolean;
  finished: boolean;
  /** Since it started, in milliseconds, by the database's clock. */
  elapsed: number;
}

/** The background operations of an application that run, and those that ended within the last 20 seconds; newest first. */
export async function listProgress(
  { ids }: Scope<"referrals.read", ApplicationIds>,
  only?: { operationId: string },
): Promise<OperationProgress[]> {
  const which = only
    ? Prisma.sql`state IN ('running', 'applied') AND id = ${BigInt(only.operationId)}`
    : Prisma.sql`(state = 'running' OR (state = 'applied' AND applied > now() - interval '20 seconds'))`;
  const records = await db.$queryRaw<
    (Omit<OperationProgress, "id" | "undoesId"> & { id: bigint; undoes_id: bigint | null })[]
  >`
    SELECT id, campaign_id AS "campaignId", kind, effect, undoes_id, done, total, changed, refused, problem,
      cancelled IS NOT NULL AS cancelled, state = 'applied' AS finished,
      (extract(epoch FROM coalesce(applied, clock_timestamp()) - started) * 1000)::float8 AS elapsed
    FROM operation WHERE application_id = ${ids.applicationId} AND started IS NOT NULL AND ${which} ORDER BY id DESC LIMIT 20`;
  return records.map(({ id, undoes_id, ...record }) => ({
    ...record,
    id: String(id),
    problem: keptSentence(record.problem),
    undoesId: undoes_id === null ? null : String(undoes_id),
  }));
}
