import type { Scope } from "@/lib/access/scope";
import type { Limit } from "@/lib/budgets/schema";
import { db } from "@/lib/db";
import { budgetBegins } from "./hold";

/** A budget of a campaign; `used` is what counts in the period that runs now, of all whom it counts by themselves together. */
export interface Budget extends Limit {
  used: number;
}

/** The budgets of a campaign, in the order they were made. */
export async function listBudgets({ ids }: Scope<"applications.read">, now: Date): Promise<Budget[]> {
  const rows = await db.$queryRawUnsafe<
    {
      action: Limit["action"];
      entity: Limit["entities"][number] | null;
      period: Limit["period"] | null;
      amount: number;
      used: number;
    }[]
  >(
    `SELECT b.action, b.entity, b.period, b.amount, coalesce((SELECT sum(u.counter) FROM budget_use u
       WHERE u.application_id = $1 AND u.budget_id = b.id AND u.begins = ${budgetBegins("$3")}), 0)::int AS used
     FROM budget b JOIN application a ON a.id = b.application_id
     WHERE b.application_id = $1 AND b.campaign_id = $2 ORDER BY b.id`,
    ids.applicationId,
    ids.campaignId,
    now,
  );
  return rows.map(({ action, entity, period, amount, used }) => ({
    action,
    limit: amount,
    ...(period !== null && { period }),
    entities: entity === null ? [] : [entity],
    used,
  }));
}
