import { everyPermission, type Permission } from "@/lib/access/permissions";
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
  permissions: ReadonlySet<Permission>;
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
  const person = await signedIn();
  if (!person) throw new DomainError("signed_out", { reason: "signed_out" });
  return { kind: "person", id: person.id, name: person.name, permissions: everyPermission };
}

/** The columns by which a record keeps who asked. */
export function recorded({ kind, id, name }: Actor): { actorKind: ActorKind; actorId: string; actorName: string } {
  return { actorKind: kind, actorId: id, actorName: name };
}

/** Who a record names, with what they may do by now. Everybody may do everything. */
export async function recordedActor(record: {
  actor_kind: string;
  actor_id: string;
  actor_name: string;
}): Promise<Actor> {
  const { actor_kind: kind, actor_id: id, actor_name: name } = record;
  return { kind: kind as ActorKind, id, name, permissions: everyPermission };
}
