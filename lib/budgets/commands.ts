import { audit } from "@/lib/access/audit";
import type { Asked, CampaignIds, Scope } from "@/lib/access/scope";
import {
  type AddBudgetInput,
  budgetKey,
  type Limit,
  type RemoveBudgetInput,
  type SaveBudgetInput,
} from "@/lib/budgets/schema";
import { db, type Transaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";

type Writing = Scope<"campaigns.write">;

const asRow = ({ applicationId, campaignId }: CampaignIds, { action, limit, period, entities }: Limit) => ({
  applicationId,
  campaignId,
  action,
  amount: limit,
  period: period ?? null,
  entity: entities[0] ?? null,
});

/**
 * Gives a campaign one budget more, which counts from now on.
 * @throws DomainError `not_found`; `invalid` where it has one for the same and the same period
 */
export async function addBudget(scope: Writing, input: Asked<AddBudgetInput>): Promise<{ limit: Limit }> {
  const { ids } = scope;
  const { applicationId, campaignId } = ids;
  return db.$transaction(async (tx) => {
    const there = await tx.campaign.count({ where: { applicationId, id: campaignId } });
    if (there === 0) throw new DomainError("not_found", { reason: "campaign_unknown", place: ids });
    const { count } = await tx.budget.createMany({ data: asRow(ids, input), skipDuplicates: true });
    if (count === 0) throw invalidField(["period"], { reason: "budget_taken" });
    await audit(tx, scope, { event: "budget_made", subject: input.action, after: input });
    return { limit: input };
  });
}

/**
 * Gives a budget another amount, if it is still the one that was shown; what is used of it stays.
 * @throws DomainError `not_found`; `stale` with what it is now, and nothing saved
 */
export async function saveBudget(scope: Writing, input: Asked<SaveBudgetInput>): Promise<{ amount: number }> {
  const { limit: amount, shown } = input;
  const where = { ...scope.ids, id: BigInt(input.budgetId) };
  return db.$transaction(async (tx) => {
    const { count } = await tx.budget.updateMany({ where: { ...where, amount: shown }, data: { amount } });
    const saved = await tx.budget.findFirst({ where, select: { amount: true, action: true } });
    if (!saved) throw new DomainError("not_found", { reason: "budget_unknown" });
    if (count === 0) throw new DomainError("stale", { reason: "budget_changed", limit: saved.amount });
    await audit(tx, scope, {
      event: "budget_saved",
      subject: saved.action,
      before: { amount: shown },
      after: { amount },
    });
    return { amount };
  });
}

/**
 * Removes a budget, and what was used of it.
 * @throws DomainError `not_found`
 */
export async function removeBudget(scope: Writing, input: Asked<RemoveBudgetInput>): Promise<{ budgetId: string }> {
  const { ids } = scope;
  const { applicationId } = ids;
  const { budgetId } = input;
  const id = BigInt(budgetId);
  await db.$transaction(async (tx) => {
    const columns = { action: true, amount: true, period: true, entity: true } as const;
    const before = await tx.budget.findFirst({ where: { ...ids, id }, select: columns });
    const { count } = await tx.budget.deleteMany({ where: { ...ids, id } });
    if (!before || count === 0) throw new DomainError("not_found", { reason: "budget_unknown" });
    await tx.budgetUse.deleteMany({ where: { applicationId, budgetId: id } });
    await audit(tx, scope, { event: "budget_removed", subject: before.action, before });
  });
  return { budgetId };
}

/**
 * Gives a campaign these budgets and no others. One that is there already keeps what is used of it, also where its amount is new;
 * what goes takes its uses along. Counting starts when a budget is made. The campaign is to be locked in `tx`.
 */
export async function setBudgets(tx: Transaction, { ids }: Writing, limits: readonly Limit[]): Promise<void> {
  const { applicationId } = ids;
  const before = await tx.budget.findMany({
    where: ids,
    select: { id: true, action: true, entity: true, period: true, amount: true },
  });
  const wanted = new Map(limits.map((limit) => [budgetKey(limit), limit]));
  const gone: bigint[] = [];
  for (const { id, action, entity, period, amount } of before) {
    const key = `${action} ${entity ?? ""} ${period ?? ""}`;
    const limit = wanted.get(key);
    wanted.delete(key);
    if (!limit) gone.push(id);
    else if (limit.limit !== amount)
      await tx.budget.updateMany({ where: { applicationId, id }, data: { amount: limit.limit } });
  }
  if (gone.length > 0) {
    await tx.budget.deleteMany({ where: { applicationId, id: { in: gone } } });
    await tx.budgetUse.deleteMany({ where: { applicationId, budgetId: { in: gone } } });
  }
  for (const limit of wanted.values()) await tx.budget.createMany({ data: asRow(ids, limit) });
}
