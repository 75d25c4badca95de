import { rowsOf } from "./backups";

/** What must be true of a database after whatever was done to it, each with the rows that say otherwise. */
const rules: Record<string, string> = {
  "no code is redeemed more often than its limit":
    "SELECT id, usage_counter, usage_limit FROM referral WHERE usage_limit > 0 AND usage_counter > usage_limit",
  "a code's counter is the sum of its ledger": `
    SELECT r.id, r.usage_counter, coalesce(l.n, 0) AS ledger FROM referral r
    LEFT JOIN (SELECT application_id, referral_id, sum(amount)::int AS n FROM redemption GROUP BY 1, 2) l
      ON l.application_id = r.application_id AND l.referral_id = r.id
    WHERE r.usage_counter <> coalesce(l.n, 0)`,
  "a session and a friend have one redemption each that stands": `
    SELECT session_integration_id, friend_integration_id FROM redemption WHERE amount = 1 AND NOT taken_back
    GROUP BY GROUPING SETS ((application_id, session_integration_id, code), (application_id, friend_integration_id, code)) HAVING count(*) > 1`,
  "what a session says that it redeemed stands in the ledger": `
    SELECT s.id FROM customer_session s LEFT JOIN redemption d
      ON d.application_id = s.application_id AND d.id = s.redemption_id AND d.amount = 1 AND NOT d.taken_back
    WHERE s.redemption_id IS NOT NULL AND d.id IS NULL`,
  "a request's key was answered once": `
    SELECT application_id, request_key FROM operation WHERE request_key IS NOT NULL AND state <> 'dropped' GROUP BY 1, 2 HAVING count(*) > 1`,
  "an operation has as many changes on record as it made": `
    SELECT o.id, o.kind, o.changed, count(c.*) FILTER (WHERE c.refusal IS NULL) AS recorded FROM operation o
    LEFT JOIN change c ON c.application_id = o.application_id AND c.operation_id = o.id
    WHERE o.state = 'applied' GROUP BY o.application_id, o.id HAVING o.changed <> count(c.*) FILTER (WHERE c.refusal IS NULL)`,
  "campaigns and batches count their codes": `
    SELECT c.id::text FROM campaign c WHERE c.referral_count <> (SELECT count(*) FROM referral r
      WHERE r.application_id = c.application_id AND r.campaign_id = c.id)
    UNION ALL SELECT b.batch_id FROM batch b WHERE b.referral_count <> (SELECT count(*) FROM referral r
      WHERE r.application_id = b.application_id AND r.batch_id = b.batch_id)`,
};

/** The rules that a database breaks, each with its first rows; none in a sound one. It ends every test of loads and faults. */
export async function auditOf(url: string): Promise<string[]> {
  const broken: string[] = [];
  for (const [rule, statement] of Object.entries(rules)) {
    const rows = await rowsOf(url, statement);
    if (rows.length > 0) broken.push(`Not so: ${rule}: ${rows.length}, ${JSON.stringify(rows.slice(0, 3))}`);
  }
  return broken;
}
