import type { Scope } from "@/lib/access/scope";
import { budgetKey, type Limit } from "@/lib/budgets/schema";
import type { Transaction } from "@/lib/db";

/**
 * Gives a campaign these budgets and no others. One that is there already keeps what is used of it, also where its amount is new;
 * what goes takes its uses along. Counting starts when a budget is made. The campaign is to be locked in `tx`.
 */
export async function setBudgets(
  tx: Transaction,
  { ids }: Scope<"campaigns.write">,
  limits: readonly Limit[],
): Promise<void> {
  const { applicationId, campaignId } = ids;
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
  for (const { action, limit: amount, period, entities } of wanted.values())
    await tx.budget.createMany({
      data: { applicationId, campaignId, action, amount, period: period ?? null, entity: entities[0] ?? null },
    });
}
