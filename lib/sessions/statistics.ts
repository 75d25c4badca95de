import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { log } from "@/lib/log";

/** After so many sessions of this process the database looks at their tables anew. */
const due = new Set([20, 200, 2000, 20_000]);
let moved = 0;

/**
 * Has the database learn how large the tables of sessions have become, while they grow fast. A prepared statement keeps its plan until
 * then, and one that was made for empty tables may read all sessions of an application for one of them; the database's own upkeep
 * comes by once a minute. Nobody waits for it.
 */
export function learnSizes(_scope: Scope<"redemptions.write", ApplicationIds>): void {
  moved += 1;
  if (!due.has(moved)) return;
  db.$executeRaw`ANALYZE customer_session, customer_profile, redemption, budget_use`.catch((error: unknown) => {
    log.warn({ err: error }, "the tables of sessions could not be analysed; PostgreSQL will do it");
  });
}
