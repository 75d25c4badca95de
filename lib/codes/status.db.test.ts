import { expect, it } from "vitest";
import { codeStatuses, statusOf } from "@/lib/codes/status";
import { statusCase, statusIs } from "@/lib/codes/status-sql";
import { db, Prisma } from "@/lib/db";

const now = new Date("2026-11-28T12:00:00Z");
const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const times = [null, at(-86_400_000), at(-1), now, at(1), at(86_400_000)];
const codes = times.flatMap((validFrom) =>
  times.flatMap((validUntil) =>
    [0, 1, 10].flatMap((usageLimit) =>
      [0, 1, 10].map((usageCounter) => ({ validFrom, validUntil, usageLimit, usageCounter })),
    ),
  ),
);

it("SQL decides every status as TypeScript does, and each code has exactly one", async () => {
  const row = (code: (typeof codes)[number], place: number) =>
    Prisma.sql`(${place}::int, ${code.validFrom}::timestamptz, ${code.validUntil}::timestamptz, ${code.usageLimit}::int, ${code.usageCounter}::int)`;
  const is = statusIs(now);
  const rows = await db.$queryRaw<{ status: string; is: string[] }[]>`
    SELECT ${statusCase(now)} AS status, array_remove(ARRAY[${Prisma.join(
      codeStatuses.map((status) => Prisma.sql`CASE WHEN ${is[status]} THEN ${status} END`),
    )}], NULL) AS is
    FROM (VALUES ${Prisma.join(codes.map(row))}) r (place, valid_from, valid_until, usage_limit, usage_counter) ORDER BY place`;
  const decided = codes.map((code) => statusOf(code, now));
  expect(rows).toEqual(decided.map((status) => ({ status, is: [status] })));
  expect(new Set(decided)).toEqual(new Set(codeStatuses));
});
