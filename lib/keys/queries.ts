import type { Permission } from "@/lib/access/permissions";
import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { askList, db, Prisma } from "@/lib/db";
import { isUsable, type KeyKind } from "@/lib/keys/rules";
import { keyHash, readKey } from "@/lib/keys/secret";

/** A key that a request came with, as it is known for a moment. */
export interface ProvenKey {
  applicationId: number;
  id: string;
  kind: KeyKind;
  name: string;
  permissions: ReadonlySet<Permission>;
  perSecond: number;
}

interface Row {
  id: string;
  name: string;
  permissions: Permission[];
  per_second: number;
  expires: Date | null;
  revoked: Date | null;
}

/** How long an answer about a key is believed, in milliseconds: a key that is revoked works so much longer, no more. */
const believed = 1000;
const rememberedMost = 1000;
const known = new Map<string, { at: number; key: ProvenKey | null; expires: number }>();

/**
 * The key of a text; null for one that is unknown, expired or revoked. When a key was last used is kept to the minute.
 * Takes no scope, because who asks is what it finds out.
 */
export async function provenKey(text: string): Promise<ProvenKey | null> {
  const said = readKey(text);
  if (!said) return null;
  const hash = keyHash(text);
  const now = Date.now();
  const before = known.get(hash);
  const lately = before && now >= before.at && now - before.at < believed; // not where the clock was put back
  if (lately && now < before.expires) return before.key;
  const find = Prisma.sql`SELECT id, name, permissions, per_second, expires, revoked FROM api_key
    WHERE application_id = ${said.applicationId} AND hash = ${hash}`;
  const [row] = await askList<Row>(find, "api-key"); // not where redemptions may wait for each other
  const usable = row && isUsable(row, new Date(now));
  const key = usable
    ? { ...said, id: row.id, name: row.name, permissions: new Set(row.permissions), perSecond: row.per_second }
    : null;
  if (key)
    await db.$executeRaw`UPDATE api_key SET last_used = now() WHERE application_id = ${key.applicationId} AND id = ${BigInt(key.id)}
      AND (last_used IS NULL OR last_used < now() - interval '1 minute')`;
  if (known.size >= rememberedMost) known.clear();
  known.set(hash, { at: now, key, expires: row?.expires?.getTime() ?? Number.POSITIVE_INFINITY });
  return key;
}

/** A key as it is listed; its text is kept nowhere. */
export interface ListedKey {
  id: string;
  kind: KeyKind;
  name: string;
  hint: string;
  permissions: Permission[];
  perSecond: number;
  created: Date;
  createdBy: string;
  expires: Date | null;
  revoked: Date | null;
  lastUsed: Date | null;
  /** The key that it is the next one of. */
  replacesId: string | null;
}

/** How many keys are listed at most: all that are not revoked, and those that were revoked last. */
export const listedMost = 1000;

/** The keys of an application, newest first; below them those that are revoked, the last one first. */
export async function listKeys({ ids }: Scope<"keys.read", ApplicationIds>): Promise<ListedKey[]> {
  const rows = await db.apiKey.findMany({
    where: { applicationId: ids.applicationId },
    orderBy: [{ revoked: { sort: "desc", nulls: "first" } }, { id: "desc" }],
    take: listedMost,
    omit: { hash: true, applicationId: true, actorKind: true, actorId: true },
  });
  return rows.map(({ actorName, id, replacesId, ...row }) => ({
    ...row,
    id: String(id),
    kind: row.kind as KeyKind,
    permissions: row.permissions as Permission[],
    createdBy: actorName,
    replacesId: replacesId === null ? null : String(replacesId),
  }));
}
