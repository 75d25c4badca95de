import type { CampaignIds, Scope } from "@/lib/access/scope";
import { Prisma } from "@/lib/db";
import { makePlan, type PlannedRows } from "@/lib/operations/plan";
import type { Plan } from "@/lib/operations/rules";
import type { Selection } from "@/lib/operations/schema";
import { campaignForWriting } from "@/lib/operations/scope";
import { selected, sizeOf, within } from "@/lib/operations/target";

/** The rows that deleting the selected referrals writes: each whole, as it is now. */
export function deletedRows(scope: CampaignIds, selection: Selection, keepRedeemed: boolean): PlannedRows {
  return (stretch) => Prisma.sql`
    SELECT r.id AS referral_id, r.code, to_jsonb(r) AS before, NULL::jsonb AS after, NULL::jsonb AS kept,
      CASE WHEN ${keepRedeemed} AND r.usage_counter > 0 THEN 'redeemed' END AS refusal
    FROM referral r WHERE ${selected(scope, selection, stretch)} ${within(stretch, Prisma.sql`r.id`)}`;
}

/**
 * Plans the deletion of the selected referrals; redeemed codes are named, or left with `keepRedeemed`. The whole rows
 * are recorded, so that undoing brings them back as they were.
 * @throws DomainError `not_found`, `feature_off`
 */
export async function planDelete(
  scope: Scope<"referrals.delete">,
  request: {
    selection: Selection;
    keepRedeemed: boolean;
    replaces?: string | null;
    openedAt?: string | null;
  },
): Promise<Plan> {
  const { selection, keepRedeemed } = request;
  await campaignForWriting(scope);
  const plan = {
    kind: "delete",
    effect: "delete",
    size: await sizeOf(scope, selection),
    selection,
    input: { keepRedeemed },
    replaces: request.replaces,
    openedAt: request.openedAt,
  } as const;
  return makePlan(scope, plan, deletedRows(scope.ids, selection, keepRedeemed));
}
