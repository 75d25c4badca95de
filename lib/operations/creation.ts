import { randomInt } from "node:crypto";
import { roleIn } from "@/lib/access/actor";
import type { CampaignIds, Scope } from "@/lib/access/scope";
import { type Database, db, Prisma, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { foldName } from "@/lib/fold-name";
import { besideGiven, setFields } from "@/lib/operations/record";

/** A create or import operation that is being carried out in the current transaction. */
export interface Creation {
  operationId: bigint;
  batchId: string | null;
  /** True when this request key was carried out before: nothing is to be done, the earlier result stands. */
  repeated: boolean;
}

type Creator = Scope<"referrals.create"> | Scope<"referrals.import">;

const batchLetters = "abcdefghijklmnopqrstuvwxyz";

function newBatchId(): string {
  return Array.from({ length: 8 }, () => batchLetters[randomInt(batchLetters.length)]).join("");
}

/** What new codes are made for. */
export interface CreationRequest {
  kind: "create" | "import";
  requestKey: string;
  batch: boolean;
  /** What the batch is called. */
  batchName?: string;
  /** What the form or file said, for the log; never the codes themselves. */
  input: Prisma.InputJsonObject;
  /** What all of its codes hold alike, as `recordedText`. */
  given: string;
  /** How many codes it makes, all or none; in the background one for each advocate or row that is still free then. */
  codes: number;
  /** The worker makes them. */
  background?: boolean;
}

/** Opens an operation and its batch, as parts of a `WITH`. `opened` has its id, or no row where the request key was used before. */
function opening({ actor, ids }: Creator, request: CreationRequest, batchId: string | null): Prisma.Sql {
  const { codes, given, batchName = "", background = false } = request;
  return Prisma.sql`opened AS (
      INSERT INTO operation (application_id, campaign_id, kind, effect, state, actor_kind, actor_id, actor_name, actor_role, actor_from, input, given, request_key, applied,
        started, total, matched, changed)
      VALUES (${ids.applicationId}, ${ids.campaignId}, ${request.kind}, 'create', ${background ? "running" : "applied"},
        ${actor.kind}, ${actor.id}, ${actor.name}, ${roleIn(actor, ids.applicationId)}, ${actor.from ?? null}, ${JSON.stringify(request.input)}::jsonb, ${given}::jsonb, ${request.requestKey},
        CASE WHEN NOT ${background} THEN now() END, CASE WHEN ${background} THEN now() END,
        ${background ? codes : 0}, ${codes}, ${background ? 0 : codes})
      ON CONFLICT (application_id, request_key) DO NOTHING RETURNING id
    ), batched AS (
      INSERT INTO batch (application_id, batch_id, campaign_id, operation_id, name, name_key)
      SELECT ${ids.applicationId}, ${batchId}, ${ids.campaignId}, id, ${batchName}, ${foldName(batchName)} FROM opened WHERE ${batchId}::text IS NOT NULL
    )`;
}

/**
 * What was made by the same request key before; null for a new one.
 * @throws DomainError `conflict` when it was used for another input
 */
export async function earlierCreation(
  database: Database,
  { ids }: Creator,
  request: CreationRequest,
): Promise<Creation | null> {
  const [earlier] = await database.$queryRaw<
    { id: bigint; batch_id: string | null; campaign_id: number; same: boolean }[]
  >`
    SELECT o.id, o.campaign_id, b.batch_id, o.input = ${JSON.stringify(request.input)}::jsonb AS same FROM operation o
    LEFT JOIN batch b ON b.application_id = o.application_id AND b.operation_id = o.id
    WHERE o.application_id = ${ids.applicationId} AND o.request_key = ${request.requestKey}`;
  if (!earlier) return null;
  if (!earlier.same || earlier.campaign_id !== ids.campaignId) {
    throw new DomainError("conflict", { reason: "request_key_used", operationId: String(earlier.id) });
  }
  return { operationId: earlier.id, batchId: earlier.batch_id, repeated: true };
}

/**
 * Opens the operation that new codes belong to, with a batch if asked. Codes are then inserted by `recordedInsert`, all of
 * them in `tx`, or by the worker.
 * @throws DomainError `conflict` when the request key was used for another input
 */
export async function openCreation(tx: Transaction, scope: Creator, request: CreationRequest): Promise<Creation> {
  const batchId = request.batch ? newBatchId() : null;
  const [opened] = await tx.$queryRaw<{ id: bigint }[]>`WITH ${opening(scope, request, batchId)} SELECT id FROM opened`;
  return opened ? { operationId: opened.id, batchId, repeated: false } : made(tx, scope, request);
}

/** What stands in the way of opening a creation, which therefore is there. */
async function made(database: Database, scope: Creator, request: CreationRequest): Promise<Creation> {
  const earlier = await earlierCreation(database, scope, request);
  if (!earlier) throw new Error("the request key is used, and nothing was made by it");
  return earlier;
}

/** Runs a statement: in a transaction, by itself, or prepared. */
export type Run = <Row extends object>(statement: Prisma.Sql) => Promise<Row[]>;

/**
 * Makes codes that hold what the request gives and nothing beside, with their operation, batch and record, by one statement:
 * all or none, and no lock is held while this process does something else. Nobody waits for anybody else's creation: who loses
 * a code to another at the same moment fails by 23505, and is to run again (`untilWon`).
 * @param insert gives the `INSERT INTO referral … SELECT … CROSS JOIN opened … RETURNING *` of a Batch ID
 * @param wanted columns of each code made, as `r`; then there is a row for each of them
 * @throws DomainError `conflict` when the request key was used for another input
 */
export async function createAtOnce<Row extends object = object>(
  run: Run,
  scope: Creator,
  request: CreationRequest,
  insert: (batchId: string | null) => Prisma.Sql,
  wanted?: Prisma.Sql,
): Promise<Creation & { rows: Row[] }> {
  const batchId = request.batch ? newBatchId() : null;
  const asked = wanted
    ? Prisma.sql`, ${wanted} FROM opened JOIN made r ON true ORDER BY r.id`
    : Prisma.sql` FROM opened`;
  const rows = await run<Row & { operationId: bigint | string }>(Prisma.sql`
    WITH ${opening(scope, request, batchId)}, made AS (${insert(batchId)}), recorded AS (
      INSERT INTO change (application_id, operation_id, referral_id, code)
      SELECT ${scope.ids.applicationId}, opened.id, made.id, made.code FROM made CROSS JOIN opened
    ) SELECT opened.id AS "operationId"${asked}`);
  const [first] = rows;
  return first
    ? { operationId: BigInt(first.operationId), batchId, repeated: false, rows: wanted ? rows : [] }
    : { ...(await made(db, scope, request)), rows: [] };
}

/**
 * Wraps `INSERT INTO referral … RETURNING *` so that each new row is recorded in the operation log by the same
 * statement. Executing it gives the number of rows made.
 */
export function recordedInsert({ applicationId }: CampaignIds, operationId: bigint, insert: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH made AS (${insert})
    INSERT INTO change (application_id, operation_id, referral_id, code, after)
    SELECT ${applicationId}, ${operationId}, made.id, made.code, ${besideGiven(setFields, applicationId, operationId)} FROM made`;
}

/** How many codes an operation has made, by what it recorded of each; one that was deleted since is among them. */
export function codesRecorded(applicationId: number, operationId: bigint): Prisma.Sql {
  return Prisma.sql`(SELECT count(*)::int FROM change WHERE application_id = ${applicationId} AND operation_id = ${operationId})`;
}

/** How many codes of an operation there are so far: `codesRecorded` at no cost, less those that were deleted meanwhile. */
export function codesMade(applicationId: number, operationId: bigint): Prisma.Sql {
  return Prisma.sql`(SELECT referral_count FROM batch WHERE application_id = ${applicationId} AND operation_id = ${operationId})`;
}
