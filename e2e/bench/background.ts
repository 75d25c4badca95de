import { operator } from "@/lib/access/actor";
import { admit, type CampaignIds } from "@/lib/access/scope";
import { getOperation } from "@/lib/operations/queries";

/**
 * Whether an operation has come to its end.
 * @throws when it ended without having made `codes`
 */
export async function finished(scope: CampaignIds, operationId: string, codes: number): Promise<boolean> {
  const operation = await getOperation(admit(operator, scope, "referrals.read"), operationId);
  if (!operation || operation.running) return false;
  if (operation.changed !== codes) throw new Error(`${operation.changed} of ${codes} codes were made`);
  return true;
}
