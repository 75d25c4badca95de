import type { CaseRule } from "@/lib/codes/rules";

// Set-based checks of the rows of one import. Each takes the application ($1) and the import ($2).

/**
 * Run before the checks, in their transaction. Rows just copied have no statistics, and what the planner guesses of them leads
 * to nested loops over the whole file; without those it hashes.
 */
export const planForFreshRows =
  "SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)";

/** Marks every row whose code stands on an earlier line too. */
export function markRepeated(caseRule: CaseRule): string {
  const folded = caseRule !== "sensitive";
  return `
    UPDATE import_row r SET problems = coalesce(r.problems, '[]') || jsonb_build_array(jsonb_build_object(
      'cause', 'repeated', 'column', 'code',
      'reason', jsonb_build_object('reason', 'row_repeated', 'line', d.first, 'folded', ${folded})))
    FROM (SELECT line, min(line) OVER (PARTITION BY code COLLATE "C") AS first FROM import_row
      WHERE application_id = $1 AND import_id = $2 AND code IS NOT NULL) d
    WHERE r.application_id = $1 AND r.import_id = $2 AND r.line = d.line AND d.first < d.line`;
}

/**
 * Marks every row whose code exists in the application, naming the campaign. Run again, it marks no row twice. The application is
 * hidden from the planner: of one that its statistics do not know it expects no codes, and looks them up by any index of it.
 * @param lines which lines to look at; all when left out
 */
export function markTaken(lines?: { from: number; to: number }): string {
  const these = lines ? `AND s.line BETWEEN ${lines.from} AND ${lines.to}` : "";
  return `
    UPDATE import_row r SET problems = coalesce(r.problems, '[]') || jsonb_build_array(jsonb_build_object(
      'cause', 'taken', 'column', 'code',
      'reason', jsonb_build_object('reason', 'row_taken', 'campaign', c.name)))
    FROM (SELECT s.line, t.campaign_id FROM import_row s CROSS JOIN LATERAL
        (SELECT campaign_id FROM referral WHERE application_id = (SELECT $1::int) AND code_key = s.code LIMIT 1) t
        WHERE s.application_id = $1 AND s.import_id = $2 ${these}) d
      JOIN campaign c ON c.application_id = $1 AND c.id = d.campaign_id
    WHERE r.application_id = $1 AND r.import_id = $2 AND r.line = d.line
      AND NOT coalesce(r.problems, '[]') @> '[{"cause": "taken"}]'`;
}

/** Marks every row whose code, known by its upload key, is changed on an earlier line too. */
export const markDoubled = `
  UPDATE import_row r SET problems = coalesce(r.problems, '[]') || jsonb_build_array(jsonb_build_object(
    'cause', 'repeated', 'column', 'code',
    'reason', jsonb_build_object('reason', 'row_repeated', 'line', d.first, 'folded', false)))
  FROM (SELECT line, min(line) OVER (PARTITION BY referral_id) AS first FROM import_row
    WHERE application_id = $1 AND import_id = $2 AND referral_id IS NOT NULL AND problems IS NULL) d
  WHERE r.application_id = $1 AND r.import_id = $2 AND r.line = d.line AND d.first < d.line`;

/** Marks every row whose code, known by its upload key, is none of the campaign ($3) any more. */
export const markGone = `
  UPDATE import_row r SET problems = coalesce(r.problems, '[]') || jsonb_build_array(jsonb_build_object(
    'cause', 'gone', 'column', 'code', 'reason', jsonb_build_object('reason', 'row_gone')))
  WHERE r.application_id = $1 AND r.import_id = $2 AND r.referral_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM referral t WHERE t.application_id = $1 AND t.campaign_id = $3 AND t.id = r.referral_id)`;

/** Counts the problems into the import. */
export const summarize = `
  UPDATE import SET
    failed_count = (SELECT count(*) FROM import_row WHERE application_id = $1 AND import_id = $2 AND problems IS NOT NULL),
    causes = (SELECT coalesce(jsonb_object_agg(cause, n), '{}') FROM (
      SELECT problem ->> 'cause' AS cause, sum(1 + coalesce((problem ->> 'more')::int, 0)) AS n FROM import_row, jsonb_array_elements(problems) problem
      WHERE application_id = $1 AND import_id = $2 AND problems IS NOT NULL GROUP BY 1) counted)
  WHERE application_id = $1 AND id = $2`;
