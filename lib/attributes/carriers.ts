import type { ApplicationIds, Scope } from "@/lib/access/scope";
import type { AttributeReason } from "@/lib/attributes/reasons";
import { attributeField } from "@/lib/codes/fields";
import { db } from "@/lib/db";

/** How many codes are counted at most, to say how many still carry an attribute. */
const countMax = 10_000;

type Reading = Scope<"applications.read", ApplicationIds>;
type Asking = Pick<typeof db, "$queryRaw">;

/** Why an attribute cannot be deleted: how many codes carry it, or that some are getting it; null where neither is so. */
export async function whyKept(scope: Reading, name: string, database: Asking = db): Promise<AttributeReason | null> {
  const given = await isBeingGiven(scope, name, database); // first: a row of a file that becomes a code in between is counted
  const [carried] = await database.$queryRaw<{ codes: number }[]>`
    SELECT count(*)::int AS codes FROM (
      SELECT 1 FROM referral WHERE application_id = ${scope.ids.applicationId} AND attributes ? ${name} LIMIT ${countMax + 1}
    ) carriers`;
  const codes = carried?.codes ?? 0;
  if (codes > 0) return { reason: "attribute_carried", name, codes: Math.min(codes, countMax), more: codes > countMax };
  return given ? { reason: "attribute_in_work", name } : null;
}

/** Whether work in the background gives the attribute to codes: by its form, or by rows of its file. */
async function isBeingGiven({ ids }: Reading, name: string, database: Asking): Promise<boolean> {
  const [found] = await database.$queryRaw<[{ given: boolean }]>`
    SELECT EXISTS (
      SELECT FROM operation o WHERE o.application_id = ${ids.applicationId} AND o.state IN ('planning', 'running') AND o.undoes_id IS NULL
        AND (o.input -> 'attributes' ? ${name}
          OR EXISTS (SELECT FROM import i JOIN import_row r ON r.application_id = i.application_id AND r.import_id = i.id
            WHERE i.application_id = o.application_id AND i.operation_id = o.id AND r.attributes ? ${name})
          OR o.input ->> 'by' = 'cells' AND EXISTS (SELECT FROM change c
            WHERE c.application_id = o.application_id AND c.operation_id = o.id AND c.after ? ${attributeField(name)}))) AS given`;
  return found.given;
}
