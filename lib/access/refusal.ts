import type { Actor } from "@/lib/access/actor";
import { type AuditRecord, audit } from "@/lib/access/audit";
import { type Permission, permissions } from "@/lib/access/permissions";
import { type Admitted, admit, type PlaceIn, placeIn } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";

/** How long the same refusal is not recorded again, in milliseconds: whoever asks a thousand times a second fills no disk. */
const quiet = 60_000;
const rememberedMost = 1000;
const recorded = new Map<string, number>();

function isNew(key: string, now: number): boolean {
  if (now - (recorded.get(key) ?? Number.NEGATIVE_INFINITY) < quiet) return false;
  if (recorded.size >= rememberedMost) recorded.clear();
  recorded.set(key, now);
  return true;
}

/** Records that somebody was refused something; the same once a minute. Where that fails they are refused all the same. */
export async function recordRefusal(actor: Actor, where: object, permission: Permission): Promise<void> {
  const ids = placeIn(where);
  if (!isNew(`${actor.kind} ${actor.id} ${JSON.stringify(ids)} ${permission}`, Date.now())) return;
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
