import { Prisma } from "@/lib/db";

/**
 * The instant at which clocks of a zone show a reading, as SQL: the first one where they are turned back by an hour and show it twice,
 * as `zone.ts` has it where a day begins. PostgreSQL takes the second one, and the clocks of Havana and the Azores show midnight twice.
 * @param wall a timestamp without a zone
 */
export function firstInstant(wall: Prisma.Sql, zone: string): Prisma.Sql {
  const instant = Prisma.sql`(${wall} AT TIME ZONE ${zone})`;
  const earlier = Prisma.sql`(${instant} - interval '1 hour')`;
  return Prisma.sql`(CASE WHEN ${earlier} AT TIME ZONE ${zone} = ${wall} THEN ${earlier} ELSE ${instant} END)`;
}
