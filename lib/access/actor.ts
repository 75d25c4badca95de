import { everyPermission, type Permission, type Role, rolePermissions } from "@/lib/access/permissions";
import { DomainError } from "@/lib/errors";

/** What can ask for something: somebody, a program with a key, a rule that fired, the server by itself. */
export type ActorKind = "person" | "key" | "rule" | "system";

/** Who asks, and what they may do. Kind, id and name are written into every record of what they did. */
export interface Actor {
  kind: ActorKind;
  /** Tells one from another of its kind, for ever. */
  id: string;
  /** Shown to people, as it was at the time. */
  name: string;
  /** What they may do everywhere. */
  permissions: ReadonlySet<Permission>;
  /** What a person is in which applications, by their ids; of the others they are told nothing. */
  roles?: ReadonlyMap<number, Role>;
  /** The network address they ask from; nobody's where nobody asked. */
  from?: string;
}

const ownOnly: ReadonlySet<Permission> = new Set(["applications.list"]);
const everything: ReadonlySet<Permission> = new Set([...everyPermission].filter((one) => one !== "upkeep"));

/** Somebody with an account. */
export interface Person {
  id: string;
  name: string;
  from?: string;
  administrator: boolean;
  /** What they are in which applications, by their ids. */
  roles: ReadonlyMap<number, Role>;
}

/** Somebody who is signed in: who administers the server may do everything everywhere, others what their roles say. */
export function person({ id, name, from, administrator, roles }: Person): Actor {
  return { kind: "person", id, name, from, permissions: administrator ? everything : ownOnly, roles };
}

/** Whether somebody is to know that there is an application. */
export function knows({ permissions, roles }: Actor, applicationId: number): boolean {
  return roles === undefined || permissions === everything || roles.has(applicationId);
}

/** What a person is in an application, or outside of them, in a word; null for others. */
export function roleIn({ permissions, roles }: Actor, applicationId?: number): string | null {
  if (roles === undefined) return null;
  if (permissions === everything) return "administrator";
  return (applicationId === undefined ? undefined : roles.get(applicationId)) ?? null;
}

/** What somebody may do in an application, or, without one, outside of them. */
export function permissionsIn({ permissions, roles }: Actor, applicationId?: number): ReadonlySet<Permission> {
  const role = applicationId === undefined ? undefined : roles?.get(applicationId);
  return role ? new Set([...permissions, ...rolePermissions[role]]) : permissions;
}

/** Whoever has a terminal of the server, and with it the server. */
export const operator: Actor = { kind: "system", id: "operator", name: "operator", permissions: everyPermission };

/** The server itself, where nobody asked. */
export const worker: Actor = { kind: "system", id: "worker", name: "Referrals", permissions: new Set(["upkeep"]) };

/**
 * The actor of the current request: whoever is signed in.
 * @throws DomainError `signed_out` for nobody
 */
export async function currentActor(): Promise<Actor> {
  const { signedIn } = await import("@/lib/access/signed-in"); // what has no request needs none of it
  const somebody = await signedIn();
  if (!somebody) throw new DomainError("signed_out", { reason: "signed_out" });
  return person(somebody);
}

/** The columns by which a record keeps who asked. */
export function recorded({ kind, id, name }: Actor): { actorKind: ActorKind; actorId: string; actorName: string } {
  return { actorKind: kind, actorId: id, actorName: name };
}
