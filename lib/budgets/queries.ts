import type { Scope } from "@/lib/access/scope";
import type { Limit } from "@/lib/budgets/schema";
import { db } from "@/lib/db";
import { budgetBegins } from "./hold";

/** A budget of a campaign, as it stands in the period that runs now. */
export interface Budget extends Limit {
  id: string;
  /** What counts now, of all whom it counts by themselves together. */
  used: number;
  /** How many of those have nothing left. */
  usedUp: number;
  /** Since when it counts: since its period began, or since it was made. */
  since: Date;
}

interface Row {
  id: string;
  action: Limit["action"];
  entity: Limit["entities"][number] | null;
  period: Limit["period"] | null;
  amount: number;
  used: number;
  usedUp: number;
  since: Date;
}

/** The budgets of a campaign, in the order they were made. */
export async function listBudgets({ ids }: Scope<"applications.read">, now: Date): Promise<Budget[]> {
  const rows = await db.$queryRawUnsafe<Row[]>(
    `SELECT b.id::text AS id, b.action, b.entity, b.period, b.amount, greatest(b.created, p.begins) AS since, u.used, u."usedUp"
     FROM budget b JOIN application a ON a.id = b.application_id
     CROSS JOIN LATERAL (SELECT ${budgetBegins("$3")} AS begins) p
     CROSS JOIN LATERAL (SELECT coalesce(sum(u.counter), 0)::int AS used,
         count(*) FILTER (WHERE u.counter + 1 > b.amount)::int AS "usedUp" FROM budget_use u
       WHERE u.application_id = $1 AND u.budget_id = b.id AND u.begins = p.begins) u
     WHERE b.application_id = $1 AND b.campaign_id = $2 ORDER BY b.id`,
    ids.applicationId,
    ids.campaignId,
    now,
  );
  return rows.map(({ action, entity, period, amount, ...standing }) => ({
    ...standing,
    action,
    limit: amount,
    ...(period !== null && { period }),
    entities: entity === null ? [] : [entity],
  }));
}
