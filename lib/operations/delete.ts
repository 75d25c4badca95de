import type { Actor } from "@/lib/actor";
import { type Counted, makePlan, selected } from "@/lib/operations/plan";
import type { Plan } from "@/lib/operations/rules";
import type { CampaignScope, Selection } from "@/lib/operations/schema";
import { campaignForWriting } from "@/lib/operations/scope";

/**
 * Plans the deletion of the selected referrals; redeemed codes are named, or left with `keepRedeemed`. The whole rows
 * are recorded, so that undoing brings them back as they were.
 * @throws DomainError `not_found`, `feature_off`
 */
export async function planDelete(
  actor: Actor,
  request: {
    scope: CampaignScope;
    selection: Selection;
    keepRedeemed: boolean;
    replaces?: string | null;
    openedAt?: string | null;
  },
): Promise<Plan> {
  const { scope, selection, keepRedeemed } = request;
  await campaignForWriting(actor, scope);
  const plan = {
    kind: "delete",
    effect: "delete",
    selection,
    input: { keepRedeemed },
    replaces: request.replaces,
    openedAt: request.openedAt,
  } as const;
  return makePlan(actor, scope, plan, async (tx, operationId) => {
    const [counted] = await tx.$queryRaw<[Counted]>`
      WITH written AS (
        INSERT INTO change (application_id, operation_id, referral_id, code, before, refusal)
        SELECT r.application_id, ${operationId}, r.id, r.code, to_jsonb(r),
          CASE WHEN ${keepRedeemed} AND r.usage_counter > 0 THEN 'redeemed' END
        FROM referral r WHERE ${selected(scope, selection)}
        RETURNING refusal
      )
      SELECT count(*) AS matched, count(*) FILTER (WHERE refusal IS NULL) AS changed, count(refusal) AS refused FROM written`;
    return counted;
  });
}
