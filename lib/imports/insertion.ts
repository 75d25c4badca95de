import { searchKey } from "@/lib/codes/folding";
import { recordedOf, recordedText } from "@/lib/codes/recorded";
import { Prisma, type Transaction } from "@/lib/db";
import type { ImportInput } from "@/lib/imports/schema";
import type { Creation } from "@/lib/operations/creation";
import { besideGiven } from "@/lib/operations/record";
import type { ImportedReferral } from "@/lib/referrals/row-referral";

/** Some lines of a file, and when their codes are said to be created. */
export interface Part {
  from: number;
  to: number;
  created: Date;
}

/** What rows without codes become: one of these each, in order, all with the same terms. */
export interface Drawn {
  codes: string[];
  terms: Pick<ImportedReferral, "usageLimit" | "validFrom" | "validUntil" | "attributes">;
}

// The last line goes in first, so that the list, newest first, reads like the file.
const asStaged = Prisma.sql`SELECT * FROM staged ORDER BY line DESC`;

/** The rows of `staged` with what was drawn for them; a row for which no code is left fails the statement. */
function withDrawn({ codes, terms }: Drawn): Prisma.Sql {
  const { usageLimit, validFrom, validUntil, attributes } = terms;
  const recorded = recordedText(recordedOf(terms));
  return Prisma.sql`
    SELECT drawn.code, drawn.search AS code_search, advocate_integration_id,
      CASE WHEN octet_length(drawn.code) > length(drawn.code)
        THEN coalesce(advocate_search, lower(advocate_integration_id COLLATE "C")) ELSE advocate_search END AS advocate_search,
      ${usageLimit}::int AS usage_limit, ${validFrom}::timestamptz AS valid_from, ${validUntil}::timestamptz AS valid_until,
      ${JSON.stringify(attributes)}::jsonb AS attributes, ${recorded}::jsonb AS recorded
    FROM (SELECT row_number() OVER (ORDER BY line) AS place, advocate_integration_id, advocate_search FROM staged) numbered
    LEFT JOIN unnest(${codes}::text[], ${codes.map(searchKey)}::text[]) WITH ORDINALITY AS drawn (code, search, place) USING (place)
    ORDER BY place`;
}

/**
 * Makes codes of the staged rows of an import that have no problems, each recorded in the operation log, and takes the rows away,
 * by one statement: no row becomes two codes, whoever else tries.
 * @param part null for all rows, created now
 * @param drawn for rows of advocates, which say nothing else; null for rows of a file of codes
 * @returns how many codes were made
 * @throws PostgreSQL's 23505 when one of the codes is taken
 */
export async function insertStagedRows(
  tx: Transaction,
  { applicationId, campaignId, importId }: ImportInput,
  { operationId, batchId }: Pick<Creation, "operationId" | "batchId">,
  part: Part | null,
  drawn: Drawn | null = null,
): Promise<number> {
  const lines = part ? Prisma.sql`AND line BETWEEN ${part.from} AND ${part.to}` : Prisma.empty;
  const rows = drawn ? withDrawn(drawn) : asStaged;
  await tx.$executeRaw`SET LOCAL work_mem = '64MB'`;
  return tx.$executeRaw`
    WITH staged AS (
      DELETE FROM import_row
      WHERE application_id = ${applicationId} AND import_id = ${BigInt(importId)} AND problems IS NULL ${lines}
      RETURNING line, code, code_search, advocate_integration_id, advocate_search, usage_limit, valid_from, valid_until, attributes, recorded
    ), new AS MATERIALIZED (
      SELECT nextval('referral_id_seq') AS id, ordered.* FROM (${rows}) ordered
    ), made AS (
      INSERT INTO referral (application_id, id, campaign_id, code, code_key, code_search, advocate_integration_id, advocate_search,
        usage_limit, valid_from, valid_until, attributes, batch_id, import_id, origin, created)
      SELECT ${applicationId}::int, id, ${campaignId}::int, code, code, code_search, advocate_integration_id, advocate_search,
        usage_limit, valid_from, valid_until, attributes, ${batchId}, ${drawn ? null : operationId}::bigint, ${drawn ? "created" : "imported"},
        coalesce(${part?.created ?? null}::timestamptz, now()) FROM new
    )
    INSERT INTO change (application_id, operation_id, referral_id, code, after)
    SELECT ${applicationId}::int, ${operationId}::bigint, id, code, ${besideGiven(Prisma.sql`recorded`, applicationId, operationId)} FROM new`;
}
