import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";

/** How many friends of a code are named at most. */
export const friendsMost = 1000;

/** Who redeemed codes and did not take it back, by the codes' ids: first come, first named, at most `friendsMost` of each. */
export async function friendsOf(
  { ids }: Scope<"customers.read", ApplicationIds>,
  referralIds: bigint[],
): Promise<Map<string, string[]>> {
  const rows = await db.$queryRaw<{ id: string; friends: string[] }[]>`
    SELECT i.id::text AS id, array(SELECT d.friend_integration_id FROM redemption d
      WHERE d.application_id = ${ids.applicationId} AND d.referral_id = i.id AND d.amount = 1 AND NOT d.taken_back
      ORDER BY d.created, d.id LIMIT ${friendsMost}) AS friends
    FROM unnest(${referralIds}::bigint[]) AS i (id)`;
  return new Map(rows.map(({ id, friends }) => [id, friends]));
}
