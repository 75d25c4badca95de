import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { formatCount, formatNumber, plural } from "@/lib/format";

/** How many codes are counted at most, to say how many still carry an attribute. */
const countMax = 10_000;

/** Why an attribute cannot be deleted: a sentence that says how many codes carry it and what to do; null where none does. */
export async function whyKept(
  scope: Scope<"applications.read", ApplicationIds>,
  name: string,
  database: Pick<typeof db, "$queryRaw"> = db,
): Promise<string | null> {
  const [carried] = await database.$queryRaw<{ codes: number }[]>`
    SELECT count(*)::int AS codes FROM (
      SELECT 1 FROM referral WHERE application_id = ${scope.ids.applicationId} AND attributes ? ${name} LIMIT ${countMax + 1}
    ) carriers`;
  const codes = carried?.codes ?? 0;
  if (codes === 0) return null;
  const counted = codes > countMax ? `More than ${formatNumber(countMax)} codes` : formatCount(codes, "code");
  return `${counted} still ${plural(codes, "carries", "carry")} “${name}”. Remove it from them by editing them, then delete it here.`;
}
