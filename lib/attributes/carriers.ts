import type { ApplicationIds, Scope } from "@/lib/access/scope";
import type { AttributeReason } from "@/lib/attributes/reasons";
import { db } from "@/lib/db";

/** How many codes are counted at most, to say how many still carry an attribute. */
const countMax = 10_000;

/** Why an attribute cannot be deleted: how many codes carry it; null where none does. */
export async function whyKept(
  scope: Scope<"applications.read", ApplicationIds>,
  name: string,
  database: Pick<typeof db, "$queryRaw"> = db,
): Promise<AttributeReason | null> {
  const [carried] = await database.$queryRaw<{ codes: number }[]>`
    SELECT count(*)::int AS codes FROM (
      SELECT 1 FROM referral WHERE application_id = ${scope.ids.applicationId} AND attributes ? ${name} LIMIT ${countMax + 1}
    ) carriers`;
  const codes = carried?.codes ?? 0;
  if (codes === 0) return null;
  return { reason: "attribute_carried", name, codes: Math.min(codes, countMax), more: codes > countMax };
}
