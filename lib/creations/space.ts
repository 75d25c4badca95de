import { type CodeSpace, chooseFree, codeAt, drawCode, type RandomNumber, secureRandom } from "@/lib/codes/generator";
import { roomProblem, type SpaceUse } from "@/lib/creations/rules";
import { type Database, Prisma, type Transaction } from "@/lib/db";
import { invalidField } from "@/lib/errors";
import type { Run } from "@/lib/operations/creation";

/** Up to this many codes in an application, or in a space, looking at each is as good as instant. */
const countedAtOnce = 200_000;
const enumeratedAtOnce = 20_000n;
/** Names the lock of those who walk a space, among all advisory locks of the database. */
const walkers = 7_310_001;

/**
 * How many codes of the space are taken. Counts them if that is quick, or if the space has not plenty of room for
 * `wanted` more; else the number of all codes of the application is the upper bound.
 */
export async function spaceUse(
  database: Database,
  applicationId: number,
  space: CodeSpace,
  wanted: number,
): Promise<SpaceUse> {
  const { _sum } = await database.campaign.aggregate({ where: { applicationId }, _sum: { referralCount: true } });
  const total = _sum.referralCount ?? 0;
  if (total === 0) return { used: 0, exact: true };
  const plenty = space.capacity >= 2n * BigInt(total + wanted);
  if (plenty && total > countedAtOnce && space.capacity > enumeratedAtOnce) return { used: total, exact: false };
  const [counted] = await database.$queryRaw<[{ used: bigint }]>`
    SELECT count(*) AS used FROM referral WHERE application_id = ${applicationId} AND ${inSpace(space)}`;
  return { used: Number(counted.used), exact: true };
}

/** @throws DomainError `invalid` for the field `pattern` when fewer than `count` codes of the space are free */
export async function assertRoom(
  database: Database,
  applicationId: number,
  space: CodeSpace,
  count: number,
): Promise<void> {
  const { used } = await spaceUse(database, applicationId, space, count);
  const problem = roomProblem(space, used, count);
  if (problem) throw invalidField(["pattern"], problem);
}

/** How often codes are drawn, and how many more than are wanted, before a space counts as nearly full. */
const [draws, spare] = [4, 24];

/**
 * Exactly `count` different codes of the space that nobody in the application has, at random, found by drawing: what it costs
 * does not grow with the codes there are. Null where the space is nearly full.
 */
export async function drawFreeCodes(
  run: Run,
  applicationId: number,
  space: CodeSpace,
  count: number,
): Promise<string[] | null> {
  const random = secureRandom();
  const free = new Set<string>();
  for (let round = 0; round < draws && 2n * BigInt(count) <= space.capacity; round += 1) {
    const drawn = drawCodes(space, count - free.size + spare, free, random);
    // A join, because a plan made once for lists of any length may look through the whole list for every code of the application.
    const taken = await run<{ code_key: string }>(Prisma.sql`
      SELECT r.code_key FROM unnest(${[...drawn]}::text[]) AS d (code_key)
      JOIN referral r ON r.application_id = ${applicationId} AND r.code_key = d.code_key`);
    for (const row of taken) drawn.delete(row.code_key);
    for (const code of drawn) if (free.size < count) free.add(code);
    if (free.size === count) return [...free];
  }
  return null;
}

/**
 * The same for a space that is nearly full: it is walked, by one transaction of the application at a time, because all would
 * choose among the same few codes.
 * @throws DomainError `invalid` for the field `pattern` when fewer are free
 */
export async function walkFreeCodes(
  tx: Transaction,
  applicationId: number,
  space: CodeSpace,
  count: number,
): Promise<string[]> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${walkers}::int, ${applicationId}::int)`;
  await assertRoom(tx, applicationId, space, count);
  const rows = await tx.$queryRaw<{ code_key: string }[]>`
    SELECT code_key FROM referral WHERE application_id = ${applicationId} AND ${inSpace(space)}`;
  const used = rows.map((row) => row.code_key);
  return chooseFree(space, used, count, secureRandom());
}

/** Up to `count` different codes of the space that are not among `known`: fewer where the space has hardly more. */
function drawCodes(space: CodeSpace, count: number, known: ReadonlySet<string>, random: RandomNumber): Set<string> {
  const drawn = new Set<string>();
  for (let tries = 0; drawn.size < count && tries < 4 * count; tries += 1) {
    const code = drawCode(space, random);
    if (!known.has(code)) drawn.add(code);
  }
  return drawn;
}

/** The condition that a stored code belongs to the space: by the index for a small one, else by its shape. */
function inSpace(space: CodeSpace): Prisma.Sql {
  if (space.capacity <= enumeratedAtOnce) {
    const all = Array.from({ length: Number(space.capacity) }, (_, number) => codeAt(space, number));
    return Prisma.sql`code_key = ANY(${all})`;
  }
  return Prisma.sql`code_key ~ ${shapeOf(space)}`;
}

/** The space as a PostgreSQL regular expression. In a bracket the hyphen stands last, where it is itself. */
function shapeOf(space: CodeSpace): string {
  const ordered = [...space.characters].sort((a, b) => Number(a === "-") - Number(b === "-"));
  const place = `[${ordered.join("")}]`;
  const parts = [...space.pattern].map((character) => (character === "#" ? place : character.replace(/[.+]/, "\\$&")));
  return `^${parts.join("")}$`;
}
