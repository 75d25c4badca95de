import { createHash, randomBytes } from "node:crypto";
import { db, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";

/** What a link is for: the first administrator, the demo's, somebody invited, somebody who lost access. */
export type LinkKind = "setup" | "demo" | "invite" | "reset";

/** A link as the database knows it. */
export interface EntryLink {
  kind: LinkKind;
  personId: string | null;
}

/** A link that was made a moment ago; its token is told this once. */
export interface MadeLink {
  token: string;
  expires: Date;
}

/** Whom a link is for, and the link. */
export interface Handed {
  name: string;
  email: string;
  link: MadeLink;
}

/** How long a link lets somebody in, in milliseconds. */
const lifetime = 24 * 60 * 60 * 1000;
const shape = /^[A-Za-z0-9_-]{43}$/;

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** The path of the page that a link leads to. */
export function linkPath(token: string): string {
  return `/enter/${encodeURIComponent(token)}`; // a form at an address that somebody made up leads back to it
}

/**
 * Makes a link that lets somebody in once, within 24 hours. Its token of 256 bits is told this once: only a hash of it is kept.
 * @param link `reset` and `invite` have a person; `demo` one where the demo has one
 */
export async function createLink(
  link: { kind: LinkKind; personId?: string },
  { tx = db, now = new Date() }: { tx?: Transaction | typeof db; now?: Date } = {},
): Promise<MadeLink> {
  const token = randomBytes(32).toString("base64url");
  const expires = new Date(now.getTime() + lifetime);
  await tx.entryLink.create({ data: { ...link, hash: hashOf(token), created: now, expires }, select: { hash: true } });
  return { token, expires };
}

/** What a link is for, without using it; null for one that is over, or none. */
export async function findLink(token: string, now = new Date()): Promise<EntryLink | null> {
  if (!shape.test(token)) return null;
  const found = await db.entryLink.findFirst({
    where: { hash: hashOf(token), used: null, expires: { gt: now } },
    select: { kind: true, personId: true },
  });
  return found && { ...found, kind: found.kind as LinkKind };
}

/**
 * Uses a link up, in the transaction of what it lets somebody do: of several at once, one gets it.
 * @throws DomainError `forbidden` for one that is over, used or none
 */
export async function spendLink(
  tx: Transaction,
  token: string,
  kinds: readonly LinkKind[],
  now = new Date(),
): Promise<EntryLink> {
  if (!shape.test(token)) throw new DomainError("forbidden", { reason: "link_over" });
  const [used] = await tx.$queryRaw<EntryLink[]>`
    UPDATE entry_link SET used = ${now} WHERE hash = ${hashOf(token)} AND kind = ANY (${kinds}) AND used IS NULL AND expires > ${now}
    RETURNING kind, person_id AS "personId"`;
  if (!used) throw new DomainError("forbidden", { reason: "link_over" });
  return used;
}

/**
 * Ends the links that somebody did not use, in the transaction of what makes them too much: another password or address, which keeps out
 * who has one; or more that the person may do, which whoever made a link was not to give.
 */
export async function endLinks(tx: Transaction, personId: string, now = new Date()): Promise<void> {
  await tx.entryLink.updateMany({ where: { personId, used: null }, data: { used: now } });
}
