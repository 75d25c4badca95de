import type { CampaignIds } from "@/lib/access/scope";
import { Prisma } from "@/lib/db";
import type { OperationSummary } from "@/lib/operations/rules";
import type { OperationEffect, OperationKind, Selection } from "@/lib/operations/schema";
import { keptSentence } from "@/lib/reasons";

/** An operation that runs or is applied, as the list of operations shows it. */
export interface OperationRow {
  id: string;
  kind: OperationKind;
  effect: OperationEffect;
  /** Whether it is still being applied in the background; its counts are then what is planned. */
  running: boolean;
  /** Whether it ended before it was through: because somebody stopped it, or because of its `problem`. */
  cancelled: boolean;
  /** Why it ended early, where nobody stopped it; while it runs, what went wrong at the last try. */
  problem: string | null;
  actor: string;
  /** When it was applied, or began to be. */
  applied: Date;
  matched: number;
  changed: number;
  same: number;
  refused: number;
  /** The batch it made, or was about; an undo or another try is about what the first operation was. */
  batchId: string | null;
  /** The code, where it was about exactly one. */
  code: string | null;
  fileName: string | null;
  undoesId: string | null;
  undoneById: string | null;
  /** The operation whose left codes it tried again. */
  repeatsId: string | null;
}

/** An operation as `operationRows` reads it. */
export interface OperationRecord
  extends Omit<OperationRow, "id" | "batchId" | "fileName" | "undoesId" | "undoneById" | "repeatsId"> {
  id: bigint;
  selection: Selection | null;
  batch_id: string | null;
  file_name: string | null;
  undoes_id: bigint | null;
  undone_by_id: bigint | null;
  summary: OperationSummary | null;
}

/** What is shown of it. */
export function toRow(record: OperationRecord): OperationRow {
  const { id, kind, effect, running, cancelled, problem, actor, applied, matched, changed, same, refused, code } =
    record;
  return {
    id: String(id),
    problem: keptSentence(problem),
    ...{ kind, effect, running, cancelled, actor, applied, matched, changed, same, refused, code },
    repeatsId: record.selection?.by === "left" ? record.selection.operationId : null,
    batchId: record.batch_id,
    fileName: record.file_name,
    undoesId: record.undoes_id === null ? null : String(record.undoes_id),
    undoneById: record.undone_by_id === null ? null : String(record.undone_by_id),
  };
}

/** When an operation `o` was applied, or began to be: what makes one newer than another. */
export const moment = Prisma.sql`coalesce(o.applied, o.started, o.planned)`;

const carriedOut = Prisma.sql`o.state IN ('running', 'applied')`;

/** Operations `o` of a campaign that run or are applied, or else in other `states`, as a SELECT without an order. */
export function operationRows(
  scope: CampaignIds,
  condition: Prisma.Sql,
  summary: Prisma.Sql,
  states = carriedOut,
): Prisma.Sql {
  return Prisma.sql`
    SELECT o.id, o.kind, o.effect, o.state = 'running' AS running, o.cancelled IS NOT NULL AS cancelled, o.problem, o.actor_name AS actor,
      ${moment} AS applied, o.matched, o.changed, o.same, o.refused, o.selection, o.undoes_id,
      o.input ->> 'fileName' AS file_name, coalesce(b.batch_id, first.selection ->> 'batchId') AS batch_id, u.id AS undone_by_id, ${summary} AS summary,
      CASE WHEN o.matched = 1 THEN (SELECT c.code FROM change c
        WHERE c.application_id = o.application_id AND c.operation_id = o.id LIMIT 1) END AS code
    FROM operation o
    CROSS JOIN LATERAL (
      WITH RECURSIVE before AS (
        SELECT o.id, o.selection, o.undoes_id
        UNION ALL
        SELECT p.id, p.selection, p.undoes_id FROM before JOIN operation p ON p.application_id = o.application_id
          AND p.id = coalesce(before.undoes_id, (before.selection ->> 'operationId')::bigint))
      SELECT id, selection FROM before ORDER BY id LIMIT 1) first
    LEFT JOIN batch b ON b.application_id = o.application_id AND b.operation_id = first.id
    LEFT JOIN operation u ON u.application_id = o.application_id AND u.undoes_id = o.id
      AND u.state IN ('running', 'applied') AND u.cancelled IS NULL
    WHERE o.application_id = ${scope.applicationId} AND o.campaign_id = ${scope.campaignId} AND ${states}
      AND ${condition}`;
}
