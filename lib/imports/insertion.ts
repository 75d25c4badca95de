import type { Transaction } from "@/lib/db";
import type { ImportInput } from "@/lib/imports/schema";
import type { Creation } from "@/lib/operations/creation";

/**
 * Makes codes of the staged rows of an import, each recorded in the operation log by the same statement. The last line goes in
 * first, so that the list, newest first, reads like the file. The caller removes the rows in the same transaction.
 * @returns how many codes were made
 * @throws PostgreSQL's 23505 when one of the codes is taken
 */
export async function insertStagedRows(
  tx: Transaction,
  { applicationId, campaignId, importId }: ImportInput,
  { operationId, batchId }: Pick<Creation, "operationId" | "batchId">,
): Promise<number> {
  await tx.$executeRaw`SET LOCAL work_mem = '64MB'`;
  return tx.$executeRaw`
    WITH new AS MATERIALIZED (
      SELECT nextval('referral_id_seq') AS id, staged.* FROM (
        SELECT * FROM import_row WHERE application_id = ${applicationId} AND import_id = ${BigInt(importId)}
        ORDER BY line DESC) staged
    ), made AS (
      INSERT INTO referral (application_id, id, campaign_id, code, code_key, code_search, advocate_integration_id,
        usage_limit, valid_from, valid_until, attributes, batch_id, import_id, origin)
      SELECT application_id, id, ${campaignId}::int, code, code, code_search, advocate_integration_id,
        usage_limit, valid_from, valid_until, attributes, ${batchId}, ${operationId}::bigint, 'imported' FROM new
    )
    INSERT INTO change (application_id, operation_id, referral_id, code, after)
    SELECT application_id, ${operationId}::bigint, id, code, recorded FROM new`;
}
