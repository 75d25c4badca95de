import type { AttributeType } from "@/lib/attributes/rules";
import { Prisma, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";

/** What PostgreSQL calls the kind of a value (`jsonb_typeof`). */
type Kind = "string" | "number" | "boolean" | "array";

/** An attribute that is about to be written to codes, and of what kind its value is. */
export interface UsedAttribute {
  name: string;
  kind: Kind;
}

function kindOfType(type: AttributeType): Kind {
  if (type === "time") return "string";
  return type === "string" || type === "number" || type === "boolean" ? type : "array";
}

/** The attributes of values, as they are used. */
export function usedOf(values: Readonly<Record<string, unknown>>): UsedAttribute[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    kind: Array.isArray(value) ? "array" : (typeof value as Kind),
  }));
}

/**
 * Keeps attributes from being deleted until the transaction ends, when codes carry them: what was checked a while ago may name one that was
 * deleted since, or made anew with another type.
 * @throws DomainError `conflict` with their names where that is so
 */
export async function holdAttributes(tx: Transaction, applicationId: number, used: UsedAttribute[]): Promise<void> {
  if (used.length === 0) return;
  const defined = await tx.$queryRaw<{ name: string; type: AttributeType }[]>`
    SELECT name, type FROM attribute_definition
    WHERE application_id = ${applicationId} AND name = ANY(${used.map(({ name }) => name)}::text[]) FOR KEY SHARE`;
  const kinds = new Map(defined.map(({ name, type }) => [name, kindOfType(type)]));
  const names = new Set(used.flatMap(({ name, kind }) => (kinds.get(name) === kind ? [] : [name])));
  if (names.size > 0)
    throw new DomainError("conflict", {
      reason: "attributes_gone",
      names: [...names].slice(0, 5),
      more: Math.max(0, names.size - 5),
    });
}

/** The attributes of many values: a query of JSON objects, one a row as `attributes`, each as they are used. */
export function usedInRows(tx: Transaction, rows: Prisma.Sql): Promise<UsedAttribute[]> {
  return tx.$queryRaw<UsedAttribute[]>(Prisma.sql`
    SELECT DISTINCT value.key AS name, jsonb_typeof(value.value) AS kind FROM (${rows}) r CROSS JOIN LATERAL jsonb_each(r.attributes) value`);
}
