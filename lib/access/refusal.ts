import type { Actor } from "@/lib/access/actor";
import { type AuditRecord, audit } from "@/lib/access/audit";
import { type Permission, permissions } from "@/lib/access/permissions";
import { type Admitted, admit, type PlaceIn, placeIn } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";

/**
 * How long the same refusal is not recorded again, in milliseconds, and how many others of one actor are meanwhile: whoever asks a
 * thousand times a second, of a thousand places, fills no disk.
 */
const quiet = 60_000;
const othersMost = 100;
const actorsMost = 1000;
const recorded = new Map<string, { since: number; refusals: Set<string> }>();

function isNew(actor: string, refusal: string, now: number): boolean {
  let lately = recorded.get(actor);
  if (!lately || now - lately.since >= quiet) {
    lately = { since: now, refusals: new Set() };
    if (recorded.size >= actorsMost) recorded.clear();
    recorded.set(actor, lately);
  }
  if (lately.refusals.has(refusal) || lately.refusals.size >= othersMost) return false;
  lately.refusals.add(refusal);
  return true;
}

/** Records that somebody was refused something: the same once a minute, and of one actor no more than 100. Where that fails they are refused all the same. */
export async function recordRefusal(actor: Actor, where: object, permission: Permission): Promise<void> {
  const ids = placeIn(where);
  if (!isNew(`${actor.kind} ${actor.id}`, `${JSON.stringify(ids)} ${permission}`, Date.now())) return;
  const subject = `to ${permissions[permission].may}`;
  await auditRefusal({ actor, ids }, { event: "refused", subject, after: { permission } });
}

/** Records a refusal, which stands whether that can be done or not. */
export async function auditRefusal(
  who: Parameters<typeof audit>[1],
  what: AuditRecord & { event: "refused" | "sign_in_refused" },
): Promise<void> {
  await audit(db, who, what).catch((error: unknown) => log.warn({ err: error }, "a refusal could not be recorded"));
}

/**
 * Lets an actor do something where an input says, as `admit` does, and records it where they may not.
 * @throws DomainError as `admit`
 */
export async function admitRecorded<P extends Permission, Input extends object>(
  actor: Actor,
  input: Input,
  permission: P,
): Promise<Admitted<P, PlaceIn<Input>>> {
  try {
    return admit(actor, input, permission);
  } catch (error) {
    if (error instanceof DomainError) await recordRefusal(actor, input, permission);
    throw error;
  }
}
