import type { CodeStatus } from "@/lib/codes/status";
import { Prisma } from "@/lib/db";

const { sql } = Prisma;

/** That no redemption of a referral `r` is left. */
export const usedUp = sql`(r.usage_limit > 0 AND r.usage_counter >= r.usage_limit)`;

/** That little is left of a referral `r`, which had more than one redemption: one, or a fifth. */
export const nearlyUsedUp = sql`nearly_used_up(r.usage_limit, r.usage_counter)`;

/** That a referral `r` has not ended at `now`. */
export function notExpired(now: Date | Prisma.Sql): Prisma.Sql {
  return sql`(r.valid_until IS NULL OR r.valid_until > ${now})`;
}

/** That a referral `r` has started by `now`. */
export function begun(now: Date | Prisma.Sql): Prisma.Sql {
  return sql`(r.valid_from IS NULL OR r.valid_from <= ${now})`;
}

/** That a referral `r` has a status at `now`, for each of them: `statusOf` in SQL, so that an index of dates can find it. */
export function statusIs(now: Date | Prisma.Sql): Record<CodeStatus, Prisma.Sql> {
  return {
    active: sql`(${notExpired(now)} AND NOT ${usedUp} AND ${begun(now)})`,
    scheduled: sql`(r.valid_from > ${now} AND NOT ${usedUp} AND ${notExpired(now)})`,
    expired: sql`r.valid_until <= ${now}`,
    "used up": sql`(${usedUp} AND ${notExpired(now)})`,
  };
}

/** The status of a referral `r` at `now`, as text: `statusOf` in SQL. */
export function statusCase(now: Date | Prisma.Sql): Prisma.Sql {
  return sql`CASE WHEN r.valid_until <= ${now} THEN 'expired' WHEN ${usedUp} THEN 'used up'
    WHEN r.valid_from > ${now} THEN 'scheduled' ELSE 'active' END`;
}
