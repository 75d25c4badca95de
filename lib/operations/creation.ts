import { randomInt } from "node:crypto";
import type { CampaignIds, Scope } from "@/lib/access/scope";
import { db, Prisma, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";

/** A create or import operation that is being carried out in the current transaction. */
export interface Creation {
  operationId: bigint;
  batchId: string | null;
  /** True when this request key was carried out before: nothing is to be done, the earlier result stands. */
  repeated: boolean;
}

/** Names the lock by which creations of one application take turns, among all advisory locks of the database. */
const creationTurn = 7_310_001;

const batchLetters = "abcdefghijklmnopqrstuvwxyz";

function newBatchId(): string {
  return Array.from({ length: 8 }, () => batchLetters[randomInt(batchLetters.length)]).join("");
}

async function openBatch(tx: Transaction, scope: CampaignIds, operationId: bigint): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const batchId = newBatchId();
    const made = await tx.$executeRaw`
      INSERT INTO batch (application_id, batch_id, campaign_id, operation_id)
      VALUES (${scope.applicationId}, ${batchId}, ${scope.campaignId}, ${operationId}) ON CONFLICT DO NOTHING`;
    if (made === 1) return batchId;
  }
  throw new Error("no free Batch ID in 20 tries");
}

/** How long a creation waits for the one before it in the same application, in milliseconds. */
const turnTimeout = 5 * 60_000;

/**
 * Opens the operation that new codes belong to, with a batch if asked. Codes are then inserted by `recordedInsert`, and
 * `closeCreation` counts them, all in `tx`. Creations of one application take turns, so that what one finds free stays
 * free until it commits, and two large ones cannot deadlock over their codes.
 * @param request.input what the form or file said, for the log; never the codes themselves
 * @throws DomainError `conflict` when the request key was used for another input
 */
export async function openCreation(
  tx: Transaction,
  { actor, ids }: Scope<"referrals.create"> | Scope<"referrals.import">,
  request: {
    kind: "create" | "import";
    requestKey: string;
    batch: boolean;
    input: Prisma.InputJsonObject;
    /** How many codes the worker is to make in the background; left out when they are made now. */
    background?: number;
  },
): Promise<Creation> {
  const input = JSON.stringify(request.input);
  const total = request.background ?? 0;
  await tx.$executeRawUnsafe(`SET LOCAL lock_timeout = ${turnTimeout}`);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${creationTurn}::int, ${ids.applicationId}::int)`;
  const [opened] = await tx.$queryRaw<{ id: bigint }[]>`
    INSERT INTO operation (application_id, campaign_id, kind, effect, state, actor_kind, actor_id, actor_name, input, request_key, applied, started,
      total, matched)
    VALUES (${ids.applicationId}, ${ids.campaignId}, ${request.kind}, 'create',
      ${total > 0 ? "running" : "applied"}, ${actor.kind}, ${actor.id}, ${actor.name}, ${input}::jsonb, ${request.requestKey},
      CASE WHEN ${total}::int = 0 THEN now() END, CASE WHEN ${total}::int > 0 THEN now() END, ${total}, ${total})
    ON CONFLICT (application_id, request_key) DO NOTHING RETURNING id`;
  if (opened) {
    return {
      operationId: opened.id,
      batchId: request.batch ? await openBatch(tx, ids, opened.id) : null,
      repeated: false,
    };
  }
  const [earlier] = await tx.$queryRaw<{ id: bigint; batch_id: string | null; campaign_id: number; same: boolean }[]>`
    SELECT o.id, o.campaign_id, b.batch_id, o.input = ${input}::jsonb AS same FROM operation o
    LEFT JOIN batch b ON b.application_id = o.application_id AND b.operation_id = o.id
    WHERE o.application_id = ${ids.applicationId} AND o.request_key = ${request.requestKey}`;
  if (!earlier?.same || earlier.campaign_id !== ids.campaignId) {
    throw new DomainError(
      "conflict",
      `This form was sent before with other content, as operation ${earlier?.id}. Reload the page for a new form.`,
    );
  }
  return { operationId: earlier.id, batchId: earlier.batch_id, repeated: true };
}

/** Lets a part of a background creation be made beside other parts, but not beside a creation that has its turn. */
export async function shareTurn(tx: Transaction, applicationId: number): Promise<void> {
  await tx.$executeRawUnsafe(`SET LOCAL lock_timeout = ${turnTimeout}`);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${creationTurn}::int, ${applicationId}::int)`;
}

// `referral_fields(made)`, written out: PostgreSQL runs a function with a query in it as a statement for each row, which
// made a recorded insert of different rows cost 1.7 instead of 1.5 times the plain one.
const eachRowsFields = Prisma.sql`jsonb_build_object('usageLimit', made.usage_limit, 'validFrom', made.valid_from,
      'validUntil', made.valid_until, 'friendIntegrationId', made.friend_integration_id)
    || CASE WHEN made.attributes = '{}' THEN '{}'::jsonb
       ELSE (SELECT jsonb_object_agg('attributes.' || key, value) FROM jsonb_each(made.attributes)) END`;

/**
 * Wraps `INSERT INTO referral … RETURNING *` so that each new row is recorded in the operation log by the same
 * statement. Executing it gives the number of rows made.
 * @param rows.alike true when all rows have the same values in every recorded field, which are then worked out once
 */
export function recordedInsert(
  scope: CampaignIds,
  operationId: bigint,
  insert: Prisma.Sql,
  rows: { alike: boolean } = { alike: false },
): Prisma.Sql {
  const fields = rows.alike
    ? Prisma.sql`(SELECT referral_fields(first::referral) FROM made AS first LIMIT 1)`
    : eachRowsFields;
  return Prisma.sql`
    WITH made AS (${insert})
    INSERT INTO change (application_id, operation_id, referral_id, code, after)
    SELECT ${scope.applicationId}, ${operationId}, made.id, made.code, ${fields} FROM made`;
}

/** Writes how many codes the operation made. Call once, last. */
export async function closeCreation(
  tx: Transaction,
  scope: CampaignIds,
  operationId: bigint,
  made: number,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE operation SET matched = ${made}, changed = ${made}
    WHERE application_id = ${scope.applicationId} AND id = ${operationId}`;
}

/** How many codes an operation has made, by what it recorded of each; one that was deleted since is among them. */
export function codesRecorded(applicationId: number, operationId: bigint): Prisma.Sql {
  return Prisma.sql`(SELECT count(*)::int FROM change WHERE application_id = ${applicationId} AND operation_id = ${operationId})`;
}

/** How many codes of an operation there are so far: `codesRecorded` at no cost, less those that were deleted meanwhile. */
export function codesMade(applicationId: number, operationId: bigint): Prisma.Sql {
  return Prisma.sql`(SELECT referral_count FROM batch WHERE application_id = ${applicationId} AND operation_id = ${operationId})`;
}

/**
 * Merges the entries of many new codes, which wait in lists of their own, into the indexes that search text, so that no search
 * has to look through the lists. To be called after the commit, which need not wait for it; PostgreSQL itself does the
 * same when a list is full, and from time to time.
 */
export function mergeNewEntries(codes: number): void {
  if (codes < 1000) return;
  db.$queryRaw`
    SELECT gin_clean_pending_list(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE i.indrelid = 'referral'::regclass AND a.amname = 'gin'`.catch((error: unknown) => {
    log.warn({ err: error }, "merging new index entries failed; PostgreSQL will do it");
  });
}
