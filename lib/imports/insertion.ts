import { Prisma, type Transaction } from "@/lib/db";
import type { ImportInput } from "@/lib/imports/schema";
import type { Creation } from "@/lib/operations/creation";

/** Some lines of a file, and when their codes are said to be created. */
export interface Part {
  from: number;
  to: number;
  created: Date;
}

/**
 * Makes codes of the staged rows of an import that have no problems, each recorded in the operation log, and takes the rows away,
 * by one statement: no row becomes two codes, whoever else tries. The last line goes in first, so that the list, newest
 * first, reads like the file.
 * @param part null for all rows, created now
 * @returns how many codes were made
 * @throws PostgreSQL's 23505 when one of the codes is taken
 */
export async function insertStagedRows(
  tx: Transaction,
  { applicationId, campaignId, importId }: ImportInput,
  { operationId, batchId }: Pick<Creation, "operationId" | "batchId">,
  part: Part | null,
): Promise<number> {
  const lines = part ? Prisma.sql`AND line BETWEEN ${part.from} AND ${part.to}` : Prisma.empty;
  await tx.$executeRaw`SET LOCAL work_mem = '64MB'`;
  return tx.$executeRaw`
    WITH staged AS (
      DELETE FROM import_row
      WHERE application_id = ${applicationId} AND import_id = ${BigInt(importId)} AND problems IS NULL ${lines}
      RETURNING line, code, code_search, advocate_integration_id, advocate_search, usage_limit, valid_from, valid_until, attributes, recorded
    ), new AS MATERIALIZED (
      SELECT nextval('referral_id_seq') AS id, ordered.* FROM (SELECT * FROM staged ORDER BY line DESC) ordered
    ), made AS (
      INSERT INTO referral (application_id, id, campaign_id, code, code_key, code_search, advocate_integration_id, advocate_search,
        usage_limit, valid_from, valid_until, attributes, batch_id, import_id, origin, created)
      SELECT ${applicationId}::int, id, ${campaignId}::int, code, code, code_search, advocate_integration_id, advocate_search,
        usage_limit, valid_from, valid_until, attributes, ${batchId}, ${operationId}::bigint, 'imported',
        coalesce(${part?.created ?? null}::timestamptz, now()) FROM new
    )
    INSERT INTO change (application_id, operation_id, referral_id, code, after)
    SELECT ${applicationId}::int, ${operationId}::bigint, id, code, recorded FROM new`;
}
