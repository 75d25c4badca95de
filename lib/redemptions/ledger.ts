import { Prisma } from "@/lib/db";

/** How often a code counts as redeemed by the ledger, as SQL; a code that was deleted keeps its rows there. */
export const ledgerCount = (applicationId: Prisma.Sql, referralId: Prisma.Sql) => Prisma.sql`(
  SELECT coalesce(sum(d.amount), 0)::int FROM redemption d
  WHERE d.application_id = ${applicationId} AND d.referral_id = ${referralId})`;
