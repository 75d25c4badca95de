import { type Transaction, takeConnection } from "@/lib/db";
import { log } from "@/lib/log";
import type { Queue } from "@/lib/worker/kinds";

/** One transaction's worth of a long migration, which holds its lease; true when nothing is left to do. */
export type MigrationStep = (tx: Transaction) => Promise<boolean>;

/**
 * Long migrations as work: those whose names earlier migrations wrote into `background_migration`, the oldest first.
 * @param steps by name. A name that is not among them waits, and all later ones with it, for a version that knows it.
 */
export function migrationQueue(steps: Readonly<Record<string, MigrationStep>>): Queue<{ name: string }> {
  const known = Object.keys(steps).map((name) => `'${name}'`);
  return {
    called: "a migration in the background",
    table: "background_migration",
    key: ["name"],
    waits: `name IN (${known.join(", ")}) AND name = (SELECT min(name) FROM background_migration WHERE finished IS NULL)`,
    columns: ["name"],
    givesWay: true,
    async step(tx, { name }) {
      await tx.$executeRaw`
        UPDATE background_migration SET started = coalesce(started, clock_timestamp()) WHERE name = ${name}`;
      const over = (await steps[name]?.(tx)) ?? false;
      if (!over) return false;
      await tx.$executeRaw`
        UPDATE background_migration SET finished = clock_timestamp(), lease_owner = NULL, lease_until = NULL WHERE name = ${name}`;
      log.info({ migration: name }, "a migration in the background is finished");
      return true;
    },
  };
}

/**
 * Builds an index while others write, by `CREATE INDEX CONCURRENTLY` on a connection of its own, because no transaction may hold
 * that. What a build that was cut off left behind is dropped first.
 * @param definition what comes after its name, such as `ON referral (created)`
 * @param instead an index that goes as soon as this one is there
 * @throws while the connection of a process that was killed still builds it; the worker comes again
 */
export function indexStep(name: string, definition: string, instead?: string): MigrationStep {
  return async (tx) => {
    await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = 0`; // it only holds the lease meanwhile
    const { client, giveBack } = await takeConnection();
    try {
      await client.query("SET statement_timeout = 0; SET lock_timeout = 0");
      const lock = await client.query("SELECT pg_try_advisory_lock(hashtext($1)) AS ours", [`index ${name}`]);
      if (!lock.rows[0].ours) throw new Error(`another connection still builds the index ${name}`);
      const found = await client.query("SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass($1)", [
        name,
      ]);
      if (!found.rows[0]?.valid) {
        await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
        await client.query(`CREATE INDEX CONCURRENTLY ${name} ${definition}`);
      }
      if (instead !== undefined) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${instead}`);
      return true;
    } finally {
      giveBack(true); // closed, and with it the settings and the lock
    }
  };
}

/** Steps one after the other; one that has nothing left to do says so at once, whenever this begins anew. */
export function inTurn(...steps: MigrationStep[]): MigrationStep {
  return async (tx) => {
    for (const step of steps) if (!(await step(tx))) return false;
    return true;
  };
}
