import pg from "pg";
import { expect, test } from "vitest";
import { emptyDatabase } from "@/lib/testing/database";
import { migrations } from "./history";

test("a creation that is under way goes on with what is left of its list, at the same places", async () => {
  const client = new pg.Client({ connectionString: await emptyDatabase() });
  await client.connect();
  try {
    const split = migrations().findIndex(({ name }) => name.endsWith("_one_staging"));
    for (const { sql } of migrations().slice(0, split)) await client.query(sql);
    await client.query(`
      INSERT INTO application (name, time_zone) VALUES ('Shop', 'UTC');
      INSERT INTO campaign (application_id, name, features) VALUES (1, 'Refer a friend', '{referrals}');
      INSERT INTO operation (application_id, campaign_id, kind, effect, state, actor_kind, actor_id, actor_name, input, total, matched, started, applied)
      VALUES (1, 1, 'create', 'create', 'running', 'person', 'ann', 'Ann', '{"advocatesDigest": "abc"}', 30000, 30000, now(), NULL),
        (1, 1, 'create', 'create', 'applied', 'person', 'ann', 'Ann', '{"advocatesDigest": "def"}', 0, 1, now(), now());
      INSERT INTO creation_row (application_id, operation_id, line, advocate_integration_id, advocate_search)
      VALUES (1, 1, 20000, 'cust_1', NULL), (1, 1, 20001, 'Żaneta', 'zaneta');`);
    await client.query(migrations()[split]?.sql ?? "");
    const { rows } = await client.query(`
      SELECT i.operation_id, i.actor_name, i.row_count, i.failed_count, i.advocates_digest, r.line, r.advocate_integration_id, r.advocate_search, r.problems
      FROM import i JOIN import_row r ON r.application_id = i.application_id AND r.import_id = i.id ORDER BY line`);
    const list = { operation_id: "1", actor_name: "Ann", row_count: 30000, failed_count: 0, advocates_digest: "abc" };
    expect(rows).toEqual([
      { ...list, line: 20000, advocate_integration_id: "cust_1", advocate_search: null, problems: null },
      { ...list, line: 20001, advocate_integration_id: "Żaneta", advocate_search: "zaneta", problems: null },
    ]);
  } finally {
    await client.end();
  }
});
