import { takeConnection } from "@/lib/db";

/**
 * Fills a database that nobody else uses: the indexes of codes and of what is recorded of them are dropped, but for those that keep
 * keys unique, and built when all is there. Nothing is searched meanwhile but the ledger.
 */
export async function withoutIndexes(fill: () => Promise<void>): Promise<void> {
  const { client, giveBack } = await takeConnection();
  try {
    await client.query("SET statement_timeout = 0; SET idle_session_timeout = 0; SET maintenance_work_mem = '1GB'");
    const { rows } = await client.query<{ name: string; definition: string }>(
      `SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
       WHERE indrelid IN ('referral'::regclass, 'change'::regclass) AND NOT indisunique`,
    );
    for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
    await fill();
    for (const { definition } of rows) await client.query(definition);
  } finally {
    giveBack(true); // with its settings
  }
}
