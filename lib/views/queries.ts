import type { Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";
import type { View } from "@/lib/views/schema";

const names = new Intl.Collator("en-GB", { numeric: true });

/** The saved views of a campaign, by name as people order names. */
export async function listViews({ ids }: Scope<"referrals.read">): Promise<View[]> {
  const rows = await db.view.findMany({
    where: ids,
    select: { id: true, name: true, query: true, version: true },
  });
  return rows.map((row) => ({ ...row, id: String(row.id) })).sort((one, other) => names.compare(one.name, other.name));
}
