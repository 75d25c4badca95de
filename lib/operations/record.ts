import { codeFieldNames } from "@/lib/codes/fields";
import { recordedFields } from "@/lib/codes/sql";
import { Prisma } from "@/lib/db";

// A creation keeps once, in `operation.given`, what it gives to all of its codes alike. A change row keeps what its code has beside;
// what is in neither is not set.

const unset = Prisma.raw(
  `'${JSON.stringify(Object.fromEntries(codeFieldNames.map((field) => [field, null])))}'::jsonb`,
);

/** The fields of a code that was made, as `recordedFields` had them: of its change `c` and what its operation gives. */
export function madeWith(given: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${unset} || coalesce(${given}, '{}') || coalesce(c.after, '{}'))`;
}

/** What a change `c` of an operation `o` writes; null where it deletes. */
export const written = Prisma.sql`CASE o.effect WHEN 'create' THEN ${madeWith(Prisma.sql`o.given`)} ELSE c.after END`;

/** What an operation gives to all of its codes; null for one that recorded each code whole. */
export function givenBy(applicationId: number, operationId: bigint): Prisma.Sql {
  return Prisma.sql`(SELECT o.given FROM operation o WHERE o.application_id = ${applicationId} AND o.id = ${operationId})`;
}

/** What is left to record of a new code beside what its operation gives; null for nothing. */
export function besideGiven(fields: Prisma.Sql, applicationId: number, operationId: bigint): Prisma.Sql {
  return Prisma.sql`nullif(${fields} - ARRAY(SELECT jsonb_object_keys(${givenBy(applicationId, operationId)})), '{}')`;
}

/** The fields of a new code `made` that are set. */
export const setFields = Prisma.sql`jsonb_strip_nulls(${recordedFields(Prisma.sql`made`)})`;
