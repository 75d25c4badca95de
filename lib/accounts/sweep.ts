import { idleHours } from "@/lib/access/idle";
import type { Everywhere, Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";

/**
 * Removes sessions that are over, links a week after their end, and what was noted of challenges and questions, once they are over; a
 * thousand at a time.
 * @returns whether there may be more
 */
export async function removeOldSessions(_scope: Scope<"upkeep", Everywhere>): Promise<boolean> {
  const removed = await db.$executeRaw`
    DELETE FROM person_session WHERE id IN (
      SELECT id FROM person_session WHERE expires < now() OR seen < now() - make_interval(hours => ${idleHours}::int)
      LIMIT 1000 FOR UPDATE SKIP LOCKED)`;
  await db.$executeRaw`DELETE FROM entry_link WHERE expires < now() - interval '7 days'`;
  await db.$executeRaw`DELETE FROM verification WHERE expires < now()`;
  return removed === 1000;
}
