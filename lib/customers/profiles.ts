import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";

/** A customer as they are known: by their sessions. */
export interface Profile {
  id: bigint;
  integrationId: string;
  created: Date;
  closedSessions: number;
  lastActivity: Date;
}

/** The profile of an Integration ID; null for a customer who has had no session. */
export async function getProfile(
  { ids }: Scope<"customers.read", ApplicationIds>,
  integrationId: string,
): Promise<Profile | null> {
  const { applicationId } = ids;
  const [row] = await db.$queryRaw<Profile[]>`
    SELECT p.id, p.integration_id AS "integrationId", p.created, s.closed AS "closedSessions", coalesce(s.last, p.created) AS "lastActivity"
    FROM customer_profile p
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE s.state IN ('closed', 'partially_returned'))::int AS closed, max(s.updated) AS last
      FROM customer_session s WHERE s.application_id = ${applicationId} AND s.profile_integration_id IS NOT NULL
        AND hashtextextended(s.profile_integration_id, 0) = hashtextextended(${integrationId}, 0) AND s.profile_integration_id = ${integrationId}) s
    WHERE p.application_id = ${applicationId} AND hashtextextended(p.integration_id, 0) = hashtextextended(${integrationId}, 0)
      AND hashtextextended(p.integration_id, 1) = hashtextextended(${integrationId}, 1) AND p.integration_id = ${integrationId}`;
  return row ?? null;
}
