import type { z } from "zod";
import { type Asked, admit, type Scope } from "@/lib/access/scope";
import { recordedValue } from "@/lib/codes/sql";
import { db, Prisma } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { getImport, type ImportDetail } from "@/lib/imports/queries";
import type { planChangesInput } from "@/lib/imports/schema";
import { cellRows, countFileRows } from "@/lib/operations/cells";
import { makePlan } from "@/lib/operations/plan";
import type { Plan } from "@/lib/operations/rules";
import type { CellsInput } from "@/lib/operations/schema";
import { campaignForWriting } from "@/lib/operations/scope";

/**
 * Plans what a checked file changes of codes that exist, as an edit: only cells that say something else than when the file was made.
 * With `onlyGood`, refused rows are left where they are.
 * @throws DomainError `not_found`; `conflict` when rows have problems, nothing is changed or it was applied already; `stale` for a lost file
 */
export async function planChanges(
  scope: Scope<"referrals.edit">,
  { importId, conflicts, onlyGood, replaces }: Asked<z.output<typeof planChangesInput>>,
): Promise<Plan> {
  await campaignForWriting(scope);
  const file = await getImport(admit(scope.actor, scope.ids, "referrals.import"), importId);
  if (!file) throw new DomainError("not_found", { reason: "import_gone" });
  if (!file.reading.changes) throw new DomainError("conflict", { reason: "import_creates" });
  if (file.committed) throw new DomainError("conflict", { reason: "import_committed" });
  if (file.lost) throw new DomainError("stale", { reason: "import_lost" });
  if (file.failedCount > 0 && !onlyGood) throw new DomainError("conflict", { reason: "import_refused" });
  const size = await countFileRows(db, scope.ids, BigInt(importId));
  if (size === 0) throw new DomainError("conflict", { reason: "import_unchanged" });
  const input: CellsInput = { by: "cells", importId, fileName: file.fileName, conflicts };
  const rows = cellRows(scope.ids, input, null);
  return makePlan(scope, { kind: "edit", effect: "edit", size, input, rows }, { replaces });
}

/** A cell that somebody else changed since the file was made, to something else than the file says. */
export interface Conflict {
  referralId: string;
  code: string;
  field: string;
  /** When the file was made, in the file, and now; null is unset. */
  was: unknown;
  wanted: unknown;
  now: unknown;
  /** Who changed it last, and when; null where the log does not say. */
  by: { actor: string; applied: Date } | null;
}

/** The first conflicts of a file, how many cells they all are, and of how many codes. */
export interface FoundConflicts {
  conflicts: Conflict[];
  cells: number;
  codes: number;
}

/** How many conflicts are shown. */
const shownMax = 100;

/** The conflicts of a checked file as they are now, in its order. */
export async function listConflicts(
  { ids }: Scope<"referrals.import">,
  { id, reading, committed, lost }: ImportDetail,
): Promise<FoundConflicts> {
  if (!reading.changes || committed || lost) return { conflicts: [], cells: 0, codes: 0 };
  const { applicationId, campaignId } = ids;
  const rows = await db.$queryRaw<
    (Omit<Conflict, "referralId" | "by"> & {
      id: bigint;
      actor: string | null;
      applied: Date | null;
      cells: bigint;
      codes: bigint;
    })[]
  >`
    WITH conflict AS MATERIALIZED (
      SELECT s.line, r.id, r.code, w.key AS field, coalesce(s.base -> w.key, 'null') AS was, w.value AS wanted, n.now
      FROM import_row s JOIN referral r ON r.application_id = ${applicationId} AND r.campaign_id = ${campaignId} AND r.id = s.referral_id
      CROSS JOIN LATERAL jsonb_each(s.recorded) w
      CROSS JOIN LATERAL (SELECT ${recordedValue(Prisma.sql`r`, Prisma.sql`w.key`)} AS now) n
      WHERE s.application_id = ${applicationId} AND s.import_id = ${BigInt(id)} AND s.referral_id IS NOT NULL
        AND s.problems IS NULL AND s.recorded <> '{}' AND n.now <> w.value AND n.now <> coalesce(s.base -> w.key, 'null')
    )
    SELECT c.id, c.code, c.field, c.was, c.wanted, c.now, last.actor, last.applied,
      (SELECT count(*) FROM conflict) AS cells, (SELECT count(DISTINCT id) FROM conflict) AS codes
    FROM (SELECT * FROM conflict ORDER BY line, field LIMIT ${shownMax}) c
    LEFT JOIN LATERAL (
      SELECT o.actor_name AS actor, coalesce(o.applied, o.started) AS applied
      FROM change h JOIN operation o ON o.application_id = ${applicationId} AND o.id = h.operation_id AND o.state IN ('running', 'applied')
      WHERE h.application_id = ${applicationId} AND h.referral_id = c.id AND h.refusal IS NULL AND h.after ? c.field
      ORDER BY coalesce(o.applied, o.started) DESC, o.id DESC LIMIT 1) last ON true
    ORDER BY c.line, c.field`;
  const conflicts = rows.map(({ id: referralId, actor, applied, cells: _, codes: __, ...conflict }) => ({
    ...conflict,
    referralId: String(referralId),
    by: actor !== null && applied !== null ? { actor, applied } : null,
  }));
  return { conflicts, cells: Number(rows[0]?.cells ?? 0), codes: Number(rows[0]?.codes ?? 0) };
}
