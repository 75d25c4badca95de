import type { CampaignIds } from "@/lib/access/scope";
import { valueAfter } from "@/lib/codes/sql";
import { Prisma, type Transaction } from "@/lib/db";
import type { Problem } from "@/lib/errors";
import type { Refusal, RefusedCode } from "@/lib/operations/reasons";

/** How many refused codes are told one by one. */
const toldMax = 100;

interface RefusedRow {
  refusal: Refusal;
  code: string;
  limit: number;
  from: string | null;
  until: string | null;
  redemptions: number;
  /** Whether the end is among the fields that would change. */
  ends: boolean;
}

/** The first codes that a plan refuses, by id: each with its reason and the field that is in the way, where it is one. */
export async function refusedCodes(
  tx: Transaction,
  { applicationId }: CampaignIds,
  planId: bigint,
): Promise<Problem<RefusedCode>[]> {
  const [after, row] = [Prisma.sql`c.after`, Prisma.sql`r`];
  const rows = await tx.$queryRaw<RefusedRow[]>`
    SELECT c.refusal, c.code, r.usage_counter AS redemptions, coalesce(c.after ? 'validUntil', false) AS ends,
      ${valueAfter("usageLimit", after, row)} AS limit, to_jsonb(${valueAfter("validFrom", after, row)}) #>> '{}' AS from,
      to_jsonb(${valueAfter("validUntil", after, row)}) #>> '{}' AS until
    FROM change c JOIN referral r ON r.application_id = c.application_id AND r.id = c.referral_id
    WHERE c.application_id = ${applicationId} AND c.operation_id = ${planId} AND c.refusal IS NOT NULL
    ORDER BY c.referral_id LIMIT ${toldMax}`;
  return rows.map((refused) => ({ field: fieldOf(refused), reason: reasonOf(refused) }));
}

function fieldOf({ refusal, ends }: RefusedRow): string[] {
  if (refusal === "limit_below_redemptions" || refusal === "limit_too_high") return ["usageLimit"];
  if (refusal === "friend_is_advocate") return ["friendIntegrationId"];
  if (refusal === "attributes_too_large") return ["attributes"];
  if (refusal === "start_not_before_end" || refusal === "date_out_of_range") return [ends ? "validUntil" : "validFrom"];
  return [];
}

function reasonOf({ refusal, code, limit, from, until, redemptions }: RefusedRow): RefusedCode {
  if (refusal === "limit_below_redemptions") return { reason: refusal, code, limit, redemptions };
  if (refusal === "limit_too_high") return { reason: refusal, code, limit };
  if (refusal === "redeemed") return { reason: refusal, code, redemptions };
  if (refusal !== "start_not_before_end" && refusal !== "date_out_of_range") return { reason: refusal, code };
  return { reason: refusal, code, validFrom: from, validUntil: until };
}
