import { randomInt } from "node:crypto";
import type { Actor } from "@/lib/actor";
import { Prisma, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { CampaignScope } from "@/lib/operations/schema";

/** A create or import operation that is being carried out in the current transaction. */
export interface Creation {
  operationId: bigint;
  batchId: string | null;
  /** True when this request key was carried out before: nothing is to be done, the earlier result stands. */
  repeated: boolean;
}

const batchLetters = "abcdefghijklmnopqrstuvwxyz";

function newBatchId(): string {
  return Array.from({ length: 8 }, () => batchLetters[randomInt(batchLetters.length)]).join("");
}

async function openBatch(tx: Transaction, scope: CampaignScope, operationId: bigint): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const batchId = newBatchId();
    const made = await tx.$executeRaw`
      INSERT INTO batch (application_id, batch_id, campaign_id, operation_id)
      VALUES (${scope.applicationId}, ${batchId}, ${scope.campaignId}, ${operationId}) ON CONFLICT DO NOTHING`;
    if (made === 1) return batchId;
  }
  throw new Error("no free Batch ID in 20 tries");
}

/**
 * Opens the operation that new codes belong to, with a batch if asked. Codes are then inserted by `recordedInsert`, and
 * `closeCreation` counts them, all in `tx`.
 * @param request.input what the form or file said, for the log; never the codes themselves
 */
export async function openCreation(
  tx: Transaction,
  actor: Actor,
  scope: CampaignScope,
  request: { kind: "create" | "import"; requestKey: string; batch: boolean; input: Prisma.InputJsonObject },
): Promise<Creation> {
  const [opened] = await tx.$queryRaw<{ id: bigint }[]>`
    INSERT INTO operation (application_id, campaign_id, kind, effect, state, actor, input, request_key, applied)
    VALUES (${scope.applicationId}, ${scope.campaignId}, ${request.kind}, 'create', 'applied', ${actor.id},
      ${JSON.stringify(request.input)}::jsonb, ${request.requestKey}, now())
    ON CONFLICT (application_id, request_key) DO NOTHING RETURNING id`;
  if (opened) {
    return {
      operationId: opened.id,
      batchId: request.batch ? await openBatch(tx, scope, opened.id) : null,
      repeated: false,
    };
  }
  const [earlier] = await tx.$queryRaw<{ id: bigint; batch_id: string | null; campaign_id: number }[]>`
    SELECT o.id, o.campaign_id, b.batch_id FROM operation o
    LEFT JOIN batch b ON b.application_id = o.application_id AND b.operation_id = o.id
    WHERE o.application_id = ${scope.applicationId} AND o.request_key = ${request.requestKey}`;
  if (!earlier || earlier.campaign_id !== scope.campaignId) {
    throw new DomainError("conflict", "This form was already used for something else; reload the page and try again.");
  }
  return { operationId: earlier.id, batchId: earlier.batch_id, repeated: true };
}

/**
 * Wraps `INSERT INTO referral … RETURNING *` so that each new row is recorded in the operation log by the same
 * statement. Executing it gives the number of rows made.
 */
export function recordedInsert(scope: CampaignScope, operationId: bigint, insert: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH made AS (${insert})
    INSERT INTO change (application_id, operation_id, referral_id, code, after)
    SELECT ${scope.applicationId}, ${operationId}, made.id, made.code, referral_fields(made::referral) FROM made`;
}

/** Writes how many codes the operation made. Call once, last. */
export async function closeCreation(
  tx: Transaction,
  scope: CampaignScope,
  operationId: bigint,
  made: number,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE operation SET matched = ${made}, changed = ${made}
    WHERE application_id = ${scope.applicationId} AND id = ${operationId}`;
}
