import type { Role } from "@/lib/access/permissions";
import type { Everywhere, Scope } from "@/lib/access/scope";
import type { AccountList } from "@/lib/accounts/search-params";
import { db, Prisma } from "@/lib/db";

/** An account of the server, and where it may do what. */
export interface Account {
  personId: string;
  name: string;
  email: string;
  administrator: boolean;
  /** Since when they may not sign in; null where they may. */
  disabled: Date | null;
  made: Date;
  /** Whether they ever came in; until then they were invited only. */
  entered: boolean;
  /** Whether they are asked for a second factor. */
  secondFactor: boolean;
  lastSeen: Date | null;
  /** What they are in which applications, by name, 20 at most. */
  roles: { application: string; role: Role }[];
}

/** A page of the accounts of the server by name, and after whom the next one begins. */
export async function listAccounts(
  _scope: Scope<"accounts.read", Everywhere>,
  { q, after }: AccountList,
  size: number,
): Promise<{ accounts: Account[]; next: string | null }> {
  const found = await db.$queryRaw<Account[]>`
    SELECT p.id AS "personId", p.name, p.email, p.administrator, p.disabled, p.created AS made,
      EXISTS (SELECT FROM credential c WHERE c.person_id = p.id) AS entered,
      EXISTS (SELECT FROM second_factor f WHERE f.person_id = p.id) AS "secondFactor",
      (SELECT max(s.seen) FROM person_session s WHERE s.person_id = p.id) AS "lastSeen",
      ARRAY(
        SELECT jsonb_build_object('application', a.name, 'role', m.role)
        FROM member m JOIN application a ON a.id = m.application_id WHERE m.person_id = p.id ORDER BY lower(a.name), a.id LIMIT 20) AS roles
    FROM person p
    WHERE ${q === "" ? Prisma.sql`true` : Prisma.sql`(strpos(lower(p.name), lower(${q})) > 0 OR strpos(p.email, lower(${q})) > 0)`}
      AND ${after === null ? Prisma.sql`true` : Prisma.sql`(lower(p.name), p.id) > (SELECT lower(f.name), f.id FROM person f WHERE f.id = ${after})`}
    ORDER BY lower(p.name), p.id LIMIT ${size + 1}`;
  const accounts = found.slice(0, size);
  return { accounts, next: found.length > size ? (accounts.at(-1)?.personId ?? null) : null };
}

/** How many accounts the server has. */
export function countAccounts(_scope: Scope<"accounts.read", Everywhere>): Promise<number> {
  return db.person.count();
}
