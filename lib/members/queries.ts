import type { Role } from "@/lib/access/permissions";
import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";

/** The most members an application can have. */
export const membersMost = 500;

/** A member as the list shows them. */
export interface Member {
  personId: string;
  name: string;
  email: string;
  role: Role;
  since: Date;
  /** Who made them one, as they were called then. */
  by: string;
  /** Whether they can sign in; until then they were invited only. */
  entered: boolean;
  lastSeen: Date | null;
  /** Whether who administers the server keeps them from signing in. */
  disabled: boolean;
}

/** The members of an application, by name. */
export async function listMembers({ ids }: Scope<"members.read", ApplicationIds>): Promise<Member[]> {
  return db.$queryRaw<Member[]>`
    SELECT m.person_id AS "personId", p.name, p.email, m.role, m.created AS since, m.actor_name AS by, p.disabled IS NOT NULL AS disabled,
      EXISTS (SELECT FROM credential c WHERE c.person_id = m.person_id) AS entered,
      (SELECT max(s.seen) FROM person_session s WHERE s.person_id = m.person_id) AS "lastSeen"
    FROM member m JOIN person p ON p.id = m.person_id
    WHERE m.application_id = ${ids.applicationId}
    ORDER BY lower(p.name), m.person_id LIMIT ${membersMost}`;
}

/** Who administers the server, and with it every application; by name, 20 at most. */
export async function listAdministrators(_scope: Scope<"members.read", ApplicationIds>): Promise<string[]> {
  const found = await db.person.findMany({
    where: { administrator: true, disabled: null },
    orderBy: { name: "asc" },
    take: 20,
    select: { name: true },
  });
  return found.map(({ name }) => name);
}
