import type { ApplicationIds, Scope } from "@/lib/access/scope";
import type { AttributeReason } from "@/lib/attributes/reasons";
import { db } from "@/lib/db";

/** How many codes are counted at most, to say how many still carry an attribute. */
const countMax = 10_000;

/** Why an attribute cannot be deleted: how many codes carry it, or that some may soon; null where none does. */
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
  if (codes === 0) return (await inWork(scope, database)) ? { reason: "attribute_in_work", name } : null;
  return { reason: "attribute_carried", name, codes: Math.min(codes, countMax), more: codes > countMax };
}

/** Whether anything is planned, made or changed in the background, whatever it is: what it gives to codes may stand in millions of rows. */
async function inWork(
  { ids }: Scope<"applications.read", ApplicationIds>,
  database: Pick<typeof db, "$queryRaw">,
): Promise<boolean> {
  const [found] = await database.$queryRaw<[{ busy: boolean }]>`
    SELECT EXISTS (SELECT FROM operation WHERE application_id = ${ids.applicationId} AND state IN ('planning', 'running')) AS busy`;
  return found.busy;
}
