import { type Actor, roleIn } from "@/lib/access/actor";
import type { AuditEvent } from "@/lib/access/audit-events";
import type { Place } from "@/lib/access/scope";
import { Prisma, type Transaction } from "@/lib/db";

/** What happened, to what, and what of it was changed: values by the names of their fields. Never a secret. */
export interface AuditRecord {
  event: AuditEvent;
  /** The name of what it was about. */
  subject: string;
  before?: object;
  after?: object;
}

/** As JSON has it: dates are texts, and what is not set is not there. */
const json = (value: object | undefined): Prisma.InputJsonObject | typeof Prisma.DbNull =>
  value === undefined ? Prisma.DbNull : JSON.parse(JSON.stringify(value));

/** Records what somebody did, in the transaction that does it: both stay or neither. */
export async function audit(
  tx: Pick<Transaction, "auditEntry">,
  { actor, ids }: { actor: Actor; ids: Place },
  { event, subject, before, after }: AuditRecord,
): Promise<void> {
  const { applicationId, campaignId } = ids as { applicationId?: number; campaignId?: number };
  await tx.auditEntry.create({
    data: {
      applicationId: applicationId ?? null,
      campaignId: campaignId ?? null,
      event,
      subject: subject.slice(0, 500),
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      actorRole: roleIn(actor, applicationId),
      actorFrom: actor.from ?? null,
      before: json(before),
      after: json(after),
    },
    select: { id: true },
  });
}

/** The fields in which two states differ, before and after; both empty where they are alike. */
export function differing<Fields extends object>(
  before: Fields,
  after: Partial<Fields>,
): { before: Partial<Fields>; after: Partial<Fields> } {
  const names = (Object.keys(after) as (keyof Fields)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const of = (state: Partial<Fields>) =>
    Object.fromEntries(names.map((name) => [name, state[name]])) as Partial<Fields>;
  return { before: of(before), after: of(after) };
}
