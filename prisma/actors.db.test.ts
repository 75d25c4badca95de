import pg from "pg";
import { expect, test } from "vitest";
import { emptyDatabase } from "@/lib/testing/database";
import { migrations } from "./history";

test("what was recorded by a name is the local person's, and no row is written anew for it", async () => {
  const client = new pg.Client({ connectionString: await emptyDatabase() });
  await client.connect();
  try {
    const split = migrations().findIndex(({ name }) => name.endsWith("_actors"));
    for (const { sql } of migrations().slice(0, split)) await client.query(sql);
    await client.query(`
      INSERT INTO application (name, time_zone) VALUES ('Shop', 'UTC');
      INSERT INTO campaign (application_id, name, features) VALUES (1, 'Refer a friend', '{referrals}');
      INSERT INTO operation (application_id, campaign_id, kind, effect, state, actor, applied)
        SELECT 1, 1, 'edit', 'edit', 'applied', 'local', now() FROM generate_series(1, 1000);
      INSERT INTO import (application_id, campaign_id, actor, file_name) VALUES (1, 1, 'local', 'a.csv');
      INSERT INTO selection (application_id, campaign_id, actor, origin) VALUES (1, 1, 'local', 'ticked');`);
    const tables = ["operation", "import", "selection"];
    const where = async () =>
      (await client.query(`SELECT ${tables.map((table) => `pg_relation_filenode('${table}') AS ${table}`).join()}`))
        .rows;
    const before = await where();
    await client.query(migrations()[split]?.sql ?? "");
    expect(await where()).toEqual(before);
    for (const table of tables) {
      const { rows } = await client.query(`SELECT DISTINCT actor_kind, actor_id, actor_name FROM ${table}`);
      expect(rows).toEqual([{ actor_kind: "person", actor_id: "local", actor_name: "local" }]);
    }
    const nobody = "INSERT INTO import (application_id, campaign_id, actor_id, actor_name, file_name";
    await expect(client.query(`${nobody}) VALUES (1, 1, 'x', 'X', 'b.csv')`)).rejects.toThrow("actor_kind");
    await expect(client.query(`${nobody}, actor_kind) VALUES (1, 1, 'x', 'X', 'b.csv', 'ghost')`)).rejects.toThrow(
      "check",
    );
  } finally {
    await client.end();
  }
});
