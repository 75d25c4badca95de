import type { Scope } from "@/lib/access/scope";
import { db, Prisma } from "@/lib/db";
import type { StoredProblem } from "@/lib/referrals/row-problems";

/** A row of a file as it is kept until it is imported. */
export interface StagedRow {
  line: number;
  raw: string;
  problems: StoredProblem[] | null;
}

/** How many bytes of rows are held at once: a row can have a megabyte. */
const portionBytes = 4_000_000;
const portionRows = 1000;

const which = {
  all: Prisma.sql`true`,
  failed: Prisma.sql`problems IS NOT NULL`,
  good: Prisma.sql`problems IS NULL`,
};

/** The rows of a file, or those with or without problems, in its order and in portions. */
export async function* stagedRows(
  { ids }: Scope<"referrals.import">,
  importId: string,
  wanted: keyof typeof which,
): AsyncGenerator<StagedRow[]> {
  for (let after = 0; ; ) {
    const rows = await db.$queryRaw<StagedRow[]>`
      SELECT line, raw, problems FROM (
        SELECT line, raw, problems, sum(octet_length(raw)) OVER (ORDER BY line) - octet_length(raw) AS before FROM (
          SELECT line, raw, problems FROM import_row
          WHERE application_id = ${ids.applicationId} AND import_id = ${BigInt(importId)} AND ${which[wanted]} AND line > ${after}
          ORDER BY line LIMIT ${portionRows}) next) sized
      WHERE before < ${portionBytes} ORDER BY line`;
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.line;
  }
}
