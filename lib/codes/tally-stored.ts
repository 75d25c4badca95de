import type { Transaction } from "@/lib/db";

/**
 * Tallies the codes of a campaign that has some from before tallies were kept, one campaign at a time; true when there is none left.
 * The campaign is locked as by whoever makes or deletes codes, so that what they add comes before or after, and never between.
 */
export async function tallyStored(tx: Transaction): Promise<boolean> {
  const [next] = await tx.$queryRaw<{ applicationId: number; id: number }[]>`
    SELECT application_id AS "applicationId", id FROM campaign WHERE NOT tallied ORDER BY 1, 2 LIMIT 1 FOR NO KEY UPDATE`;
  if (!next) return true;
  const { applicationId, id } = next;
  await tx.$executeRaw`DELETE FROM code_tally WHERE application_id = ${applicationId} AND campaign_id = ${id}`;
  await tx.$executeRaw`
    INSERT INTO code_tally (application_id, campaign_id, begins, codes)
    SELECT ${applicationId}, ${id}, date_bin('15 minutes', created, 'epoch'), count(*) FROM referral
    WHERE application_id = ${applicationId} AND campaign_id = ${id} GROUP BY 3`;
  await tx.$executeRaw`UPDATE campaign SET tallied = true WHERE application_id = ${applicationId} AND id = ${id}`;
  return false;
}
