import { Prisma } from "@/lib/db";
import { clockBound } from "@/lib/zone";

const { sql } = Prisma;

/** A date of codes, as SQL; of an end, what ends with a day ends at the first instant behind it. */
export interface ClockColumn {
  column: Prisma.Sql;
  ends: boolean;
}

const isDay = (text: string) => text.length === 10;

/** That a date is of a day or a minute of the zone's clocks, or later. @param text as `clockBound` reads it */
export function isFrom({ column, ends }: ClockColumn, text: string, zone: string): Prisma.Sql {
  return sql`${column} ${ends && isDay(text) ? sql`>` : sql`>=`} ${clockBound(text, zone, "start")}`;
}

/** That it is of one or earlier. */
export function isUpTo({ column, ends }: ClockColumn, text: string, zone: string): Prisma.Sql {
  return sql`${column} ${ends && isDay(text) ? sql`<=` : sql`<`} ${clockBound(text, zone, "end")}`;
}
