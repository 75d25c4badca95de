import type { Pool } from "pg";

/** How much waits for the background, of one kind: how many rows, and since how many seconds the oldest. */
export interface Waiting {
  queue: string;
  rows: number;
  seconds: number;
}

/** What waits for the background, in the whole database: the same for each of several servers on it. */
export async function readWaiting(pool: Pool): Promise<Waiting[]> {
  const { rows } = await pool.query<Waiting>(
    `SELECT 'operations' AS queue, count(*)::int AS rows,
       coalesce(max(extract(epoch FROM now() - coalesce(started, planned))), 0)::float AS seconds
     FROM operation WHERE state IN ('planning', 'running', 'dropped')
     UNION ALL SELECT 'schedules', count(*)::int, coalesce(max(extract(epoch FROM now() - due)), 0)::float
     FROM schedule WHERE due <= now()
     UNION ALL SELECT 'migrations', count(*)::int, 0 FROM background_migration WHERE finished IS NULL`,
  );
  return rows;
}
