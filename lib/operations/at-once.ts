import type { CampaignIds, Scope } from "@/lib/access/scope";
import { recordedFields } from "@/lib/codes/sql";
import { bulkTransaction, lockingSoon, Prisma, type Transaction, untilWon } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { type AppliedOperation, applyInside, lockPlan } from "@/lib/operations/apply";
import { askedDelete } from "@/lib/operations/delete";
import { askedEdit } from "@/lib/operations/edit";
import { type PlanRequest, planInside } from "@/lib/operations/plan";
import { refusedCodes } from "@/lib/operations/refused";
import { atOnceLimit, type FieldValues, inlineLimit } from "@/lib/operations/rules";
import { changedFields, type EditChanges, type Selection } from "@/lib/operations/schema";
import { selected } from "@/lib/operations/target";
import { askedUndo } from "@/lib/operations/undo";

const whole = { after: null, limit: null };

/**
 * Plans and applies in one transaction what nobody needs to see before: all of the codes or none. They are locked first, so that
 * nothing can change in between.
 * @param check is asked once they are locked, and throws where it must not be
 * @returns null when all of them are so already; then nothing is recorded
 */
function atOnce(
  scope: Scope<"referrals.edit"> | Scope<"referrals.delete">,
  request: PlanRequest & { selection: Selection },
  check?: (tx: Transaction) => Promise<void>,
): Promise<AppliedOperation | null> {
  const { ids } = scope;
  if (request.size > atOnceLimit) {
    throw new DomainError("too_large", { reason: "codes_many", most: atOnceLimit, count: request.size });
  }
  return untilWon(() =>
    bulkTransaction(async (tx) => {
      const chosen = selected(ids, request.selection, whole);
      await lockingSoon(
        tx,
        request.size,
        () => tx.$executeRaw`SELECT r.id FROM referral r WHERE ${chosen} ORDER BY r.id FOR UPDATE OF r`,
      );
      await check?.(tx);
      const { planId, changed, refused, summary } = await planInside(tx, scope, request);
      if (refused > 0) {
        const { refusals } = summary;
        const problems = await refusedCodes(tx, ids, BigInt(planId));
        throw new DomainError("conflict", { reason: "codes_refused", refusals }, { problems, details: { refusals } });
      }
      if (changed > 0) return applyInside(tx, scope, await lockPlan(tx, ids, BigInt(planId)), { most: atOnceLimit });
      await forgetPlan(tx, ids, planId);
      return null;
    }),
  );
}

async function forgetPlan(tx: Transaction, { applicationId }: CampaignIds, planId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM operation WHERE application_id = ${applicationId} AND id = ${BigInt(planId)}`;
}

/**
 * Edits up to `atOnceLimit` codes at once: all of them or none, as one operation that can be undone.
 * @throws DomainError `conflict` when codes are refused, with the first of them as its problems; `too_large`; as `askedEdit`
 */
export async function editAtOnce(
  scope: Scope<"referrals.edit">,
  request: { selection: Selection; changes: EditChanges },
): Promise<AppliedOperation | null> {
  return atOnce(scope, { ...(await askedEdit(scope, request)), selection: request.selection });
}

/**
 * Saves new values of one code, as an operation that can be undone, unless somebody changed one of these fields since the form showed them.
 * @param shown the JSON of what the form showed in these fields, by their names in the log; what is left out was not set
 * @throws DomainError `stale` with all fields as they are; as `editAtOnce`
 */
export async function saveAtOnce(
  scope: Scope<"referrals.edit">,
  { referralId, changes, shown }: { referralId: string; changes: EditChanges; shown: Record<string, string> },
): Promise<AppliedOperation | null> {
  const selection: Selection = { by: "ids", ids: [referralId] };
  return atOnce(scope, { ...(await askedEdit(scope, { selection, changes })), selection }, async (tx) => {
    const [row] = await tx.$queryRaw<{ code: string; fields: FieldValues }[]>`
      SELECT r.code, ${recordedFields(Prisma.sql`r`)} AS fields FROM referral r WHERE ${selected(scope.ids, selection, whole)}`;
    const same = (field: string) => JSON.stringify(row?.fields[field] ?? null) === (shown[field] ?? "null");
    if (row && !changedFields(changes).every(same))
      throw new DomainError("stale", { reason: "values_changed", code: row.code }, { details: row.fields });
  });
}

/**
 * Deletes up to `atOnceLimit` codes at once, redeemed ones too: all of them or none, as one operation that can be undone.
 * @throws DomainError `too_large`; as `askedDelete`
 */
export async function deleteAtOnce(
  scope: Scope<"referrals.delete">,
  { selection }: { selection: Selection },
): Promise<AppliedOperation | null> {
  return atOnce(scope, { ...(await askedDelete(scope, { selection, keepRedeemed: false })), selection });
}

/** What pressing Undo came to. Where nothing was done, somebody has to see the plan first: of a large one, with what it would leave, or to ask for approval. */
export type UndoneAtOnce =
  | { applied: AppliedOperation; because: null }
  | { applied: null; because: "large" | "incomplete" | "approval" };

/**
 * Undoes an operation at once where nothing would be left: every code, and every field of it. Else nothing is done or recorded.
 * @throws DomainError as `askedUndo`
 */
export async function undoAtOnce(
  scope: Scope<"operations.undo">,
  asked: { operationId: string },
): Promise<UndoneAtOnce> {
  const { ids } = scope;
  const request = await askedUndo(scope, asked);
  if (request.size > inlineLimit) return { applied: null, because: "large" };
  return untilWon(() =>
    bulkTransaction(async (tx) => {
      const { planId, changed, refused, summary, approvalAbove } = await planInside(tx, scope, request);
      if (approvalAbove !== null) {
        await forgetPlan(tx, ids, planId);
        return { applied: null, because: "approval" };
      }
      if (changed > 0 && refused === 0 && summary.kept.length === 0)
        return { applied: await applyInside(tx, scope, await lockPlan(tx, ids, BigInt(planId))), because: null };
      await forgetPlan(tx, ids, planId);
      return { applied: null, because: "incomplete" };
    }),
  );
}
