import { advocateKey, searchKey } from "@/lib/codes/folding";
import { codeSpace } from "@/lib/codes/generator";
import type { CaseRule } from "@/lib/codes/rules";
import { bulkTransaction, lostRace, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { LeasedOperation } from "@/lib/operations/background";
import { codesMade, codesRecorded, firstRowsFields, mergeNewEntries } from "@/lib/operations/creation";
import { drawFreeCodes, walkFreeCodes } from "@/lib/referrals/create/space";

/** For how many advocates one transaction makes codes. */
export const advocatesAtOnce = 10_000;
/** How many of them run at a time: PostgreSQL uses one processor for each. */
const lanes = 2;

/** What the log keeps of a form for many advocates, and a creation in the background goes by. */
interface LoggedCreation {
  pattern: string;
  characters: string;
  usageLimit: number;
  validFrom: string | null;
  validUntil: string | null;
  attributes: object;
}

/** Keeps the advocates of a creation until the worker has made their codes. */
export async function stageAdvocates(
  tx: Transaction,
  applicationId: number,
  operationId: bigint,
  advocates: string[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO creation_row (application_id, operation_id, line, advocate_integration_id, advocate_search)
    SELECT ${applicationId}, ${operationId}, line - 1, advocate, folded
    FROM unnest(${advocates}::text[], ${advocates.map((one) => advocateKey(null, one))}::text[])
      WITH ORDINALITY AS list (advocate, folded, line)`;
}

/**
 * Makes codes for some of the staged advocates, records them and takes the advocates away, by one statement: none gets two
 * codes, whoever else tries. Codes of a later part are said to be created later, as the list of advocates has it.
 */
async function createPart(operation: LeasedOperation, from: number, codes: string[]): Promise<void> {
  const { application_id: applicationId, campaign_id: campaignId, id } = operation;
  const { usageLimit, validFrom, validUntil, attributes } = operation.input as LoggedCreation;
  await bulkTransaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL work_mem = '64MB'`;
    await tx.$executeRaw`
      WITH staged AS (
        DELETE FROM creation_row WHERE application_id = ${applicationId} AND operation_id = ${id}
          AND line BETWEEN ${from} AND ${from + codes.length - 1} RETURNING line, advocate_integration_id, advocate_search
      ), numbered AS (
        SELECT row_number() OVER (ORDER BY line) AS place, advocate_integration_id, advocate_search FROM staged
      ), made AS (
        INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, advocate_search, usage_limit,
          valid_from, valid_until, attributes, batch_id, origin, created)
        SELECT ${applicationId}, ${campaignId}::int, code, code, search, advocate_integration_id,
          CASE WHEN octet_length(code) > length(code) THEN coalesce(advocate_search, lower(advocate_integration_id COLLATE "C")) ELSE advocate_search END, ${usageLimit}::int,
          ${validFrom}::timestamptz, ${validUntil}::timestamptz, ${JSON.stringify(attributes)}::jsonb, b.batch_id, 'created',
          o.started + ${Math.floor(from / advocatesAtOnce)}::int * interval '1 ms'
        FROM numbered
        JOIN unnest(${codes}::text[], ${codes.map(searchKey)}::text[]) WITH ORDINALITY AS new (code, search, place) USING (place)
        CROSS JOIN (SELECT started FROM operation WHERE application_id = ${applicationId} AND id = ${id}) o
        CROSS JOIN (SELECT batch_id FROM batch WHERE application_id = ${applicationId} AND operation_id = ${id}) b
        ORDER BY place RETURNING *
      )
      INSERT INTO change (application_id, operation_id, referral_id, code, after)
      SELECT ${applicationId}, ${id}, made.id, made.code, ${firstRowsFields} FROM made`;
  });
}

/**
 * Makes the next codes of a creation in the background; true when nothing is left. The parts have transactions of their own:
 * the staged advocates say what is still to do, and the batch what is done, so that a crash in between costs nothing.
 */
export async function createStep(tx: Transaction, operation: LeasedOperation): Promise<boolean> {
  const { application_id: applicationId, id } = operation;
  const [next] = await tx.$queryRaw<[{ from: number | null; until: number | null }]>`
    SELECT min(line) AS from, max(line) + 1 AS until FROM creation_row
    WHERE application_id = ${applicationId} AND operation_id = ${id}`;
  if (operation.cancelled || next.from === null || next.until === null) return finish(tx, operation, null);
  const until = next.until;
  const first = Math.floor(next.from / advocatesAtOnce) * advocatesAtOnce;
  const parts = Array.from({ length: lanes }, (_, lane) => first + lane * advocatesAtOnce)
    .filter((from) => from < until)
    .map((from) => ({ from, size: Math.min(advocatesAtOnce, until - from) }));
  try {
    await createParts(tx, operation, parts);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return finish(tx, operation, error.message); // others have used up the pattern meanwhile
  }
  await tx.$executeRaw`
    UPDATE operation SET done = ${codesMade(applicationId, id)}, changed = ${codesMade(applicationId, id)}
    WHERE application_id = ${applicationId} AND id = ${id}`;
  return false;
}

/** Makes parts side by side; those in which somebody took a code at the same moment again, with other codes. */
async function createParts(
  tx: Transaction,
  operation: LeasedOperation,
  parts: { from: number; size: number }[],
): Promise<void> {
  const { pattern, characters } = operation.input as LoggedCreation;
  const { caseSensitivity } = await tx.application.findUniqueOrThrow({
    where: { id: operation.application_id },
    select: { caseSensitivity: true },
  });
  const space = codeSpace(pattern, characters, caseSensitivity as CaseRule);
  let waiting = parts;
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    const wanted = waiting.reduce((sum, { size }) => sum + size, 0);
    const codes =
      (await drawFreeCodes(tx, operation.application_id, space, wanted)) ??
      (await walkFreeCodes(tx, operation.application_id, space, wanted));
    const outcomes = await Promise.allSettled(
      waiting.map(({ from, size }) => createPart(operation, from, codes.splice(0, size))),
    );
    const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    const [fault] = attempt === 5 ? failures : failures.filter((failure) => !lostRace(failure));
    if (fault) throw fault;
    waiting = waiting.filter((_, part) => outcomes[part]?.status === "rejected");
  }
}

/** Ends a creation: all codes are there, or it was cancelled, or there was no room for more; the rest of the advocates is forgotten. */
async function finish(tx: Transaction, operation: LeasedOperation, problem: string | null): Promise<true> {
  const { application_id: applicationId, id } = operation;
  const made = codesRecorded(applicationId, id);
  const left = await tx.$executeRaw`
    DELETE FROM creation_row WHERE application_id = ${applicationId} AND operation_id = ${id}`;
  await tx.$executeRaw`
    UPDATE operation SET state = 'applied', applied = clock_timestamp(), lease_owner = NULL, lease_until = NULL,
      changed = ${made}, done = ${made}, refused = ${left}, problem = ${problem},
      cancelled = CASE WHEN ${left} > 0 THEN coalesce(cancelled, clock_timestamp()) END
    WHERE application_id = ${applicationId} AND id = ${id}`;
  mergeNewEntries(Number(operation.total));
  return true;
}
