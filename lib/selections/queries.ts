import type { Scope } from "@/lib/access/scope";
import { ofCampaign, rowsOf } from "@/lib/codes/chosen";
import { db, listDb } from "@/lib/db";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";

/** A stored selection. */
export interface Selection {
  id: string;
  origin: "ticked" | "matching" | "pasted";
  /** What was asked for, where it is all that matched. */
  filter: ReferralFilter | null;
  /** How many codes were chosen; some may be deleted since. */
  count: number;
  /** When it was chosen: codes that came later are not in it. */
  created: Date;
  /** Whether its codes are still known. They are for a day, or as long as a planned operation needs them. */
  kept: boolean;
}

/** A selection of this campaign, or null. */
export async function getSelection({ ids }: Scope<"referrals.read">, selectionId: string): Promise<Selection | null> {
  const row = await db.selection.findFirst({ where: { ...ids, id: BigInt(selectionId) } });
  if (!row) return null;
  return {
    id: selectionId,
    origin: row.origin as Selection["origin"],
    filter: row.filter as ReferralFilter | null,
    count: row.count,
    created: row.created,
    kept: row.removed === null,
  };
}

/** Those of some codes that a selection of this campaign holds. */
export async function chosenAmong(
  { ids }: Scope<"referrals.read">,
  asked: { selectionId: string; ids: string[] },
): Promise<string[]> {
  const id = BigInt(asked.selectionId);
  const rows = await listDb.$queryRaw<{ id: bigint }[]>`
    SELECT s.referral_id AS id ${rowsOf(ids, id)} AND s.referral_id = ANY(${asked.ids.map(BigInt)}::bigint[]) AND ${ofCampaign(ids, id)}`;
  return rows.map((row) => String(row.id));
}
