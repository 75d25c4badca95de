import type { Everywhere, Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { log } from "@/lib/log";

/** So few codes of one application can be read through for each row of a page, and nobody notices. */
const few = 1000;

/**
 * Whether the database's statistics do not know of all applications with many codes: more than those that a sample of 30,000 may miss.
 * A share is guessed as the planner does, by the most common values, or as an equal part of what these leave.
 */
const hasUnknown = `
  WITH known AS (SELECT n_distinct AS distinct_values, most_common_vals::text::int[] AS ids, most_common_freqs AS shares
      FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'referral' AND attname = 'application_id'),
    others AS (SELECT greatest(0, 1 - coalesce((SELECT sum(share) FROM unnest(shares) share), 0))
        / greatest(1, distinct_values - coalesce(cardinality(ids), 0)) AS share FROM known),
    held AS (SELECT application_id, sum(referral_count) AS codes, sum(sum(referral_count)) OVER () AS total
      FROM campaign GROUP BY application_id)
  SELECT EXISTS (SELECT FROM held WHERE codes >= greatest(${few}, total / 3000) AND codes > 10 * total * coalesce(
    (SELECT m.share FROM known, unnest(ids, shares) AS m(id, share) WHERE m.id = application_id),
    (SELECT share FROM others), 0)) AS unknown`;

/**
 * Has the database look at its tables again where an application has grown that its statistics do not know. It expects no code of
 * such a one, takes any index of the application for as good as a code's own, and may read all its codes for each row of a page; its
 * own upkeep comes only when a tenth of all codes, of whatever application, has changed.
 * @returns false, because once is enough
 */
export async function learnApplications(_scope: Scope<"upkeep", Everywhere>): Promise<false> {
  await learn();
  return false;
}

async function learn(): Promise<void> {
  const [asked] = await db.$queryRawUnsafe<[{ unknown: boolean }]>(hasUnknown);
  // SKIP_LOCKED: nobody waits for whoever does so at this moment
  if (asked.unknown) await db.$executeRaw`ANALYZE (SKIP_LOCKED) referral, change, redemption`;
}

/**
 * What is good for the database after many new codes. Their entries wait in lists of their own and are merged into the indexes that
 * search text, so that no search has to look through the lists; and an application that it does not know is learned. To be called after
 * the commit, which need not wait for it; PostgreSQL itself does the first when a list is full, the worker the second every minute.
 * @param codes how many there are new
 */
export function tidyAfter(codes: number): void {
  if (codes < few) return;
  const merged = db.$queryRaw`
    SELECT gin_clean_pending_list(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE i.indrelid = 'referral'::regclass AND a.amname = 'gin'`;
  merged.then(learn).catch(again);
}

/** The same while codes are still being made, for those who read meanwhile: merging comes at the end. */
export function learnMeanwhile(): void {
  learn().catch(again);
}

function again(error: unknown): void {
  log.warn({ err: error }, "upkeep after new codes failed; it is done again later");
}
