import type { Actor } from "@/lib/access/actor";
import { db } from "@/lib/db";
import type { CampaignScope } from "@/lib/operations/schema";
import type { View } from "@/lib/views/schema";

const names = new Intl.Collator("en-GB", { numeric: true });

/** The saved views of a campaign, by name as people order names. */
export async function listViews(_actor: Actor, scope: CampaignScope): Promise<View[]> {
  const rows = await db.view.findMany({
    where: scope,
    select: { id: true, name: true, query: true, version: true },
  });
  return rows.map((row) => ({ ...row, id: String(row.id) })).sort((one, other) => names.compare(one.name, other.name));
}
