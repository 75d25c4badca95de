import type { CampaignIds } from "@/lib/access/scope";
import type { Transaction } from "@/lib/db";
import { written } from "@/lib/operations/record";
import type { Meanwhile } from "@/lib/operations/rules";
import type { Selection } from "@/lib/operations/schema";
import { selected } from "@/lib/operations/target";

/** The operations that were applied to the selected codes since a form was opened, newest first, at most five. */
export async function changedMeanwhile(
  database: Pick<Transaction, "$queryRaw">,
  scope: CampaignIds,
  selection: Selection,
  openedAt: string,
): Promise<Meanwhile[]> {
  const rows = await database.$queryRaw<
    (Omit<Meanwhile, "operationId" | "codes" | "applied"> & { id: bigint; codes: bigint; applied: Date })[]
  >`
    SELECT o.id, o.kind, o.actor_name AS actor, o.applied, count(*) AS codes,
      (array_agg(jsonb_build_object('code', c.code, 'before', c.before, 'after', ${written})))[1] AS example
    FROM operation o JOIN change c ON c.application_id = o.application_id AND c.operation_id = o.id AND c.refusal IS NULL
    JOIN referral r ON r.application_id = c.application_id AND r.id = c.referral_id
    WHERE o.application_id = ${scope.applicationId} AND o.campaign_id = ${scope.campaignId} AND o.state = 'applied'
      AND o.applied > ${openedAt}::timestamptz AND ${selected(scope, selection)}
    GROUP BY o.application_id, o.id ORDER BY o.applied DESC, o.id DESC LIMIT 5`;
  return rows.map(({ id, codes, applied, ...row }) => ({
    operationId: String(id),
    codes: Number(codes),
    applied: applied.toISOString(),
    ...row,
  }));
}
