import { recorded } from "@/lib/access/actor";
import { audit } from "@/lib/access/audit";
import { lockApplication } from "@/lib/access/lock";
import type { ApplicationIds, Asked, Scope } from "@/lib/access/scope";
import { db, type Transaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";
import { grantable, isUsable, type KeyKind } from "@/lib/keys/rules";
import type { CreateKeyInput, KeyInput } from "@/lib/keys/schema";
import { newKey } from "@/lib/keys/secret";

/** A new key. `key` is told this once: only a hash of it is stored. */
export interface MadeKey {
  keyId: string;
  key: string;
}

const most = 500;

/**
 * Makes a key of an application.
 * @throws DomainError `not_found`; `invalid` for an end in the past; `conflict` where there are 500 keys that work
 */
export async function createKey(
  scope: Scope<"keys.write", ApplicationIds>,
  input: Asked<CreateKeyInput>,
): Promise<MadeKey> {
  const { kind, name, perSecond, expires } = input;
  if (expires && expires <= new Date()) throw invalidField(["expires"], { reason: "key_expires_in_past" });
  return db.$transaction(async (tx) => {
    await lockApplication(tx, scope);
    await refuseTooMany(tx, scope);
    const terms = { kind, name, perSecond, expires, permissions: input.permissions ?? grantable(kind) };
    const made = await insertKey(tx, scope, { ...terms, replacesId: null });
    await audit(tx, scope, { event: "key_made", subject: name, after: terms });
    return made;
  });
}

async function refuseTooMany(tx: Transaction, { ids }: Scope<"keys.write", ApplicationIds>): Promise<void> {
  const count = await tx.apiKey.count({ where: { applicationId: ids.applicationId, revoked: null } });
  if (count >= most) throw new DomainError("conflict", { reason: "keys_full", count });
}

interface KeyTerms {
  kind: KeyKind;
  name: string;
  permissions: string[];
  perSecond: number;
  expires: Date | null;
  replacesId: bigint | null;
}

async function insertKey(
  tx: Transaction,
  { ids, actor }: Scope<"keys.write", ApplicationIds>,
  terms: KeyTerms,
): Promise<MadeKey> {
  const { key, hash, hint } = newKey(terms.kind, ids.applicationId);
  const { id } = await tx.apiKey.create({
    data: { ...terms, ...recorded(actor), applicationId: ids.applicationId, hash, hint },
    select: { id: true },
  });
  return { keyId: String(id), key };
}

/**
 * Makes the next key in place of one: both work until the earlier one is revoked, so that shops can change over. It may do the same,
 * at the same rate, until the same end.
 * @throws DomainError `not_found`; `conflict` for one that is revoked or expired, or was replaced already
 */
export async function rotateKey(
  scope: Scope<"keys.write", ApplicationIds>,
  { keyId }: Asked<KeyInput>,
): Promise<MadeKey> {
  return db.$transaction(async (tx) => {
    await lockApplication(tx, scope);
    const key = await keptKey(tx, scope, keyId);
    if (!isUsable(key, new Date())) throw new DomainError("conflict", { reason: "key_ended", name: key.name });
    const next = await tx.apiKey.findFirst({
      where: { applicationId: scope.ids.applicationId, replacesId: key.id, revoked: null },
      select: { hint: true },
    });
    if (next) throw new DomainError("conflict", { reason: "key_replaced", name: key.name, hint: next.hint });
    await refuseTooMany(tx, scope);
    const { name, permissions, perSecond, expires } = key;
    const terms = { kind: key.kind as KeyKind, name, permissions, perSecond, expires };
    const made = await insertKey(tx, scope, { ...terms, replacesId: key.id });
    await audit(tx, scope, { event: "key_rotated", subject: name, before: { hint: key.hint } });
    return made;
  });
}

/**
 * Ends a key: within a second no request with it is answered any more. Revoking it again changes nothing.
 * @throws DomainError `not_found`
 */
export async function revokeKey(
  scope: Scope<"keys.write", ApplicationIds>,
  { keyId }: Asked<KeyInput>,
): Promise<{ name: string }> {
  return db.$transaction(async (tx) => {
    const { id, name, hint } = await keptKey(tx, scope, keyId);
    const { count } = await tx.apiKey.updateMany({
      where: { applicationId: scope.ids.applicationId, id, revoked: null },
      data: { revoked: new Date() },
    });
    if (count === 1) await audit(tx, scope, { event: "key_revoked", subject: name, before: { hint } });
    return { name };
  });
}

async function keptKey(tx: Transaction, { ids }: Scope<"keys.write", ApplicationIds>, keyId: string) {
  const key = await tx.apiKey.findUnique({
    where: { applicationId_id: { applicationId: ids.applicationId, id: BigInt(keyId) } },
  });
  if (!key) throw new DomainError("not_found", { reason: "key_unknown", keyId });
  return key;
}
