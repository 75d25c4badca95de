import type { Scope } from "@/lib/access/scope";
import { countByStatus, type ReferralCounts } from "@/lib/codes/counts";
import { batchIdPattern } from "@/lib/codes/rules";
import { db, Prisma } from "@/lib/db";
import type { OperationKind } from "@/lib/operations/schema";

/** A batch and the operation that made it. `referralCount` is exact: the codes it holds today. */
export interface Batch {
  batchId: string;
  /** Empty where it has none, as the note. */
  name: string;
  note: string;
  created: Date;
  referralCount: number;
  operation: {
    id: string;
    kind: OperationKind;
    actor: string;
    /** How many codes it made. */
    made: number;
    /** The file of an import. */
    fileName: string | null;
  };
}

/** A batch of a campaign; null for an unknown one, another campaign's, and text that is no Batch ID. */
export async function getBatch({ ids }: Scope<"referrals.read">, batchId: string): Promise<Batch | null> {
  if (!batchIdPattern.test(batchId)) return null;
  const [row] = await db.$queryRaw<(Omit<Batch, "operation"> & Omit<Batch["operation"], "id"> & { id: bigint })[]>`
    SELECT b.batch_id AS "batchId", b.name, b.note, b.created, b.referral_count AS "referralCount",
      o.id, o.kind, o.actor_name AS actor, o.changed AS made, o.input ->> 'fileName' AS "fileName"
    FROM batch b JOIN operation o ON o.application_id = b.application_id AND o.id = b.operation_id
    WHERE b.application_id = ${ids.applicationId} AND b.campaign_id = ${ids.campaignId} AND b.batch_id = ${batchId}`;
  if (!row) return null;
  const { id, kind, actor, made, fileName, ...batch } = row;
  return { ...batch, operation: { id: String(id), kind, actor, made, fileName } };
}

/** Counts the codes of a batch by their status at `now`; reads them all, so pages stream it in. */
export function countBatch(scope: Scope<"referrals.read">, batchId: string, now: Date): Promise<ReferralCounts> {
  return countByStatus(scope, Prisma.sql`batch_id = ${batchId}`, now);
}
