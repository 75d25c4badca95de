import { type Database, Prisma } from "@/lib/db";
import { invalidField } from "@/lib/errors";
import { roomProblem, type SpaceUse } from "@/lib/referrals/create/rules";
import { type CodeSpace, codeAt, drawCode, drawFreeCodes, secureRandom } from "@/lib/referrals/generator";

/** Up to this many codes in an application, or in a space, looking at each is as good as instant. */
const countedAtOnce = 200_000;
const enumeratedAtOnce = 20_000n;

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

/**
 * How many codes of the space are taken, at most.
 * @throws DomainError `invalid` for the field `pattern` when fewer than `count` are free
 */
export async function assertRoom(
  database: Database,
  applicationId: number,
  space: CodeSpace,
  count: number,
): Promise<number> {
  const { used } = await spaceUse(database, applicationId, space, count);
  const problem = roomProblem(space, used, count);
  if (problem) throw invalidField("pattern", problem);
  return used;
}

/**
 * Exactly `count` different codes of the space that nobody in the application has, at random.
 * @throws DomainError `invalid` for the field `pattern` when fewer are free
 */
export async function findFreeCodes(
  database: Database,
  applicationId: number,
  space: CodeSpace,
  count: number,
): Promise<string[]> {
  const used = await assertRoom(database, applicationId, space, count);
  const random = secureRandom();
  if (2n * BigInt(used + count) > space.capacity) {
    const rows = await database.$queryRaw<{ code_key: string }[]>`
      SELECT code_key FROM referral WHERE application_id = ${applicationId} AND ${inSpace(space)}`;
    return drawFreeCodes(
      space,
      rows.map((row) => row.code_key),
      count,
      random,
    );
  }
  const codes = new Set<string>();
  while (codes.size < count) {
    const drawn = new Set<string>();
    while (drawn.size < count - codes.size) {
      const code = drawCode(space, random);
      if (!codes.has(code)) drawn.add(code);
    }
    if (used > 0) {
      const taken = await database.$queryRaw<{ code_key: string }[]>`
        SELECT code_key FROM referral WHERE application_id = ${applicationId} AND code_key = ANY(${[...drawn]})`;
      for (const row of taken) drawn.delete(row.code_key);
    }
    for (const code of drawn) codes.add(code);
  }
  return [...codes];
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
