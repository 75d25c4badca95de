import { person } from "@/lib/access/actor";
import { audit, differing } from "@/lib/access/audit";
import { idleHours } from "@/lib/access/idle";
import type { SignedIn } from "@/lib/access/signed-in";
import { endLinks } from "@/lib/accounts/links";
import { givePassword } from "@/lib/accounts/people";
import { newSession, proveOwnPassword, type SetCookies } from "@/lib/accounts/sign-in";
import { db, Prisma } from "@/lib/db";
import { invalidField } from "@/lib/errors";

/** A browser in which one is signed in. */
export interface OwnSession {
  id: string;
  /** Where from, as far as it is known. */
  address: string | null;
  browser: string | null;
  since: Date;
  seen: Date;
  /** Whether it is the one that asks. */
  current: boolean;
}

/** Where one is signed in, the latest seen first, and whether one has a password. */
export async function ownAccount(
  { id, sessionId }: SignedIn,
  now = new Date(),
): Promise<{ sessions: OwnSession[]; hasPassword: boolean }> {
  const seen = new Date(now.getTime() - idleHours * 60 * 60 * 1000);
  const [rows, password] = await Promise.all([
    db.personSession.findMany({
      where: { personId: id, expiresAt: { gt: now }, updatedAt: { gt: seen } },
      orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
      take: 100,
      select: { id: true, ipAddress: true, userAgent: true, createdAt: true, updatedAt: true },
    }),
    db.credential.findFirst({ where: { personId: id, password: { not: null } }, select: { id: true } }),
  ]);
  const sessions = rows.map((row) => ({
    id: row.id,
    address: row.ipAddress || null,
    browser: row.userAgent || null,
    since: row.createdAt,
    seen: row.updatedAt,
    current: row.id === sessionId,
  }));
  return { sessions, hasPassword: password !== null };
}

/**
 * Says what one is called and how one is reached.
 * @throws DomainError `invalid` for an address that somebody else has
 */
export async function saveProfile(somebody: SignedIn, profile: { name: string; email: string }): Promise<void> {
  const { id, name, email } = somebody;
  try {
    await db.$transaction(async (tx) => {
      await tx.person.update({ where: { id }, data: { ...profile, updatedAt: new Date() }, select: { id: true } });
      if (profile.email !== email) await endLinks(tx, id); // they were sent to the address before
      const changed = differing({ name, email }, profile);
      await audit(tx, { actor: person(somebody), ids: {} }, { event: "profile_changed", subject: name, ...changed });
    });
  } catch (error) {
    const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
    throw taken ? invalidField(["email"], { reason: "email_taken", email: profile.email }) : error;
  }
}

/**
 * Changes one's password, or gives one the first; every session ends, and who asks gets a new one.
 * @throws DomainError `invalid` for a wrong current password; `unavailable` for one try too many
 */
export async function changePassword(
  somebody: SignedIn,
  { current, password }: { current?: string; password: string },
  headers: Headers,
): Promise<SetCookies> {
  if (current !== undefined) await proveOwnPassword(somebody, current, "current", headers);
  const given = await givePassword(person(somebody), password, current === undefined);
  if (!given) throw invalidField(["current"], { reason: "password_wrong" });
  return newSession(somebody.id, headers);
}

/** Ends one's session of an id, or all others. Whoever has it is out with their next request. */
export async function endSessions(somebody: SignedIn, session: string | null): Promise<void> {
  const { id, sessionId, name } = somebody;
  await db.$transaction(async (tx) => {
    const { count } = await tx.personSession.deleteMany({
      where: { personId: id, id: session === null ? { not: sessionId } : session },
    });
    const ended = { event: "sessions_ended", subject: name, after: { sessions: count } } as const;
    if (count > 0) await audit(tx, { actor: person(somebody), ids: {} }, ended);
  });
}
