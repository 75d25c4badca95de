import type { CampaignIds, Scope } from "@/lib/access/scope";
import { Prisma } from "@/lib/db";
import { type FormState, makePlan, type PlannedRows, type PlanRequest } from "@/lib/operations/plan";
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
 * What a plan of a deletion is made of. The whole rows are recorded, so that undoing brings them back as they were.
 * @throws DomainError `not_found`, `feature_off`
 */
export async function askedDelete(
  scope: Scope<"referrals.delete">,
  { selection, keepRedeemed }: { selection: Selection; keepRedeemed: boolean },
): Promise<PlanRequest> {
  await campaignForWriting(scope);
  return {
    kind: "delete",
    effect: "delete",
    size: await sizeOf(scope, selection),
    selection,
    input: { keepRedeemed },
    rows: deletedRows(scope.ids, selection, keepRedeemed),
  };
}

/**
 * Plans the deletion of the selected referrals; redeemed codes are named, or left with `keepRedeemed`.
 * @throws DomainError as `askedDelete` and `makePlan`
 */
export async function planDelete(
  scope: Scope<"referrals.delete">,
  request: { selection: Selection; keepRedeemed: boolean } & FormState,
): Promise<Plan> {
  return makePlan(scope, await askedDelete(scope, request), request);
}
