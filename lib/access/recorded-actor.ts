import { type Actor, type ActorKind, operator, person } from "@/lib/access/actor";
import type { Permission, Role } from "@/lib/access/permissions";
import type { Transaction } from "@/lib/db";

/** Who a record names. */
interface Recorded {
  application_id: number;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
}

/** What was recorded before there were accounts names whoever could reach the server. */
const beforeAccounts = "local";

async function personNow(tx: Transaction, id: string, name: string, applicationId: number): Promise<Actor> {
  const found = await tx.person.findUnique({
    where: { id },
    select: { administrator: true, disabled: true, members: { where: { applicationId }, select: { role: true } } },
  });
  const roles = new Map(found?.members.map(({ role }) => [applicationId, role as Role]));
  if (found?.disabled === null && (found.administrator || roles.size > 0)) return person({ id, name, ...found, roles });
  return { kind: "person", id, name, permissions: new Set() };
}

async function keyNow(tx: Transaction, id: string, name: string): Promise<Actor> {
  const found = await tx.apiKey.findFirst({
    where: { id: BigInt(id), revoked: null, OR: [{ expires: null }, { expires: { gt: new Date() } }] },
    select: { applicationId: true, permissions: true },
  });
  return { kind: "key", id, name, permissions: new Set((found?.permissions ?? []) as Permission[]) };
}

/** Who a record of an application names, with what they may do there by now: nothing, for somebody who is gone or disabled. */
export async function recordedActor(tx: Transaction, record: Recorded): Promise<Actor> {
  const { actor_kind: kind, actor_id: id, actor_name: name } = record;
  if (kind === "person" && id !== beforeAccounts) return personNow(tx, id, name, record.application_id);
  if (kind === "key") return keyNow(tx, id, name);
  return { ...operator, kind: kind as ActorKind, id, name };
}
