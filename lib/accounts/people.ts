import { type Actor, operator, person } from "@/lib/access/actor";
import { audit } from "@/lib/access/audit";
import { accounts } from "@/lib/accounts/auth";
import { type EntryLink, endLinks, findLink, spendLink } from "@/lib/accounts/links";
import type { FirstPerson } from "@/lib/accounts/schema";
import { db, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";

/** What better-auth hashes passwords and makes ids with. */
async function maker() {
  const { generateId, password } = await (await accounts(false)).$context;
  const id = (model: string): string => {
    const made = generateId({ model });
    if (!made) throw new Error("better-auth makes no ids");
    return made;
  };
  return { id, hash: password.hash };
}

/** Hashing takes its time, which nobody gets for a link that is none. @throws DomainError `forbidden` */
async function neededLink(token: string): Promise<EntryLink> {
  const link = await findLink(token);
  if (!link) throw new DomainError("forbidden", { reason: "link_over" });
  return link;
}

/** Makes others wait who change by what somebody gets in. */
export async function lockPerson(tx: Transaction, personId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM person WHERE id = ${personId} FOR NO KEY UPDATE`;
}

/** Lets nobody else be the first meanwhile. @throws DomainError `conflict` where somebody can sign in already */
async function beFirst(tx: Transaction): Promise<void> {
  await tx.$executeRaw`LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE`;
  if (await tx.credential.findFirst({ where: { password: { not: null } }, select: { id: true } }))
    throw new DomainError("conflict", { reason: "person_exists" });
}

interface NewPerson {
  name: string;
  email: string;
  /** Hashed; without one somebody gets in by links only. */
  password?: string;
  administrator: boolean;
}

async function insertPerson(
  tx: Transaction,
  id: (model: string) => string,
  { name, email, password, administrator }: NewPerson,
  by = operator,
): Promise<string> {
  const personId = id("user");
  await tx.person.create({ data: { id: personId, name, email, administrator }, select: { id: true } });
  const made = { event: "person_made", subject: `${name} (${email})`, after: { administrator } } as const;
  await audit(tx, { actor: by, ids: {} }, made);
  if (password !== undefined) await insertPassword(tx, id, personId, password);
  return personId;
}

async function insertPassword(tx: Transaction, id: (model: string) => string, personId: string, password: string) {
  await tx.credential.create({
    data: { id: id("account"), accountId: personId, providerId: "credential", personId, password },
    select: { id: true },
  });
}

/**
 * Makes the first administrator, by the link that lets one in once or, at the terminal, by settings.
 * @returns their id
 * @throws DomainError `forbidden` for a link that is over; `conflict` where somebody can sign in already
 */
export async function makeFirst({ name, email, password }: FirstPerson, token?: string): Promise<string> {
  if (token !== undefined) await neededLink(token);
  const { id, hash } = await maker();
  const hashed = await hash(password);
  return db.$transaction(async (tx) => {
    if (token !== undefined) await spendLink(tx, token, ["setup"]);
    await beFirst(tx);
    return insertPerson(tx, id, { name, email, password: hashed, administrator: true });
  });
}

/** Who looks at the demo: an administrator without a password. */
const demoPerson = { name: "Demo", email: "demo@example.com", administrator: true };

/**
 * Lets somebody into the demo, as its administrator, who is made with the first link.
 * @returns their id
 * @throws DomainError `forbidden` for a link that is over; `conflict` where somebody can sign in by a password
 */
export async function enterDemo(token: string): Promise<string> {
  const { id } = await maker();
  return db.$transaction(async (tx) => {
    await spendLink(tx, token, ["demo"]);
    await beFirst(tx);
    const before = await tx.person.findFirst({ where: { administrator: true }, select: { id: true } });
    return before?.id ?? insertPerson(tx, id, demoPerson);
  });
}

/** Makes somebody who gets in by a link first, and may do nothing yet. @returns their id */
export async function makePerson(
  tx: Transaction,
  { name, email }: { name: string; email: string },
  by: Actor,
): Promise<string> {
  const { id } = await maker();
  return insertPerson(tx, id, { name, email, administrator: false }, by);
}

/**
 * Gives somebody who was invited their password, or who lost access a new one, by a link; their sessions and other links end.
 * @returns their id
 * @throws DomainError `forbidden` for a link that is over
 */
export async function resetPassword(token: string, password: string): Promise<string> {
  const { personId: named } = await neededLink(token);
  const { id, hash } = await maker();
  const hashed = await hash(password);
  return db.$transaction(async (tx) => {
    if (named !== null) await lockPerson(tx, named); // two links of theirs, used at once, would wait for each other
    const personId = personOf(await spendLink(tx, token, ["reset", "invite"]));
    const { name } = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { name: true } });
    const actor = person({ id: personId, name, administrator: false, roles: new Map() });
    await putPassword(tx, id, actor, hashed, { by: "link" });
    return personId;
  });
}

/**
 * Gives somebody another password, or the first; all of their sessions and links end.
 * @param first whether they must have none yet
 * @returns false where they have one
 */
export async function givePassword(actor: Actor, password: string, first: boolean): Promise<boolean> {
  const { id, hash } = await maker();
  const hashed = await hash(password);
  return db.$transaction(async (tx) => {
    await lockPerson(tx, actor.id);
    const had = { personId: actor.id, password: { not: null } };
    if (first && (await tx.credential.findFirst({ where: had, select: { id: true } }))) return false;
    await putPassword(tx, id, actor, hashed);
    return true;
  });
}

/** Puts a password in the place of another, ends the sessions that began by it and the links to set another, and records it. */
async function putPassword(
  tx: Transaction,
  id: (model: string) => string,
  actor: Actor,
  hashed: string,
  after?: object,
): Promise<void> {
  const personId = actor.id;
  await tx.personSession.deleteMany({ where: { personId } });
  await endLinks(tx, personId);
  const { count } = await tx.credential.updateMany({
    where: { personId, providerId: "credential" },
    data: { password: hashed, updatedAt: new Date() },
  });
  if (count === 0) await insertPassword(tx, id, personId, hashed);
  const changed = { event: "password_changed", subject: actor.name, ...(after && { after }) } as const;
  await audit(tx, { actor, ids: {} }, changed);
}

function personOf({ personId }: EntryLink): string {
  if (personId === null) throw new Error("a link for somebody names nobody");
  return personId;
}

/** Somebody as the terminal finds them. */
export interface FoundPerson {
  id: string;
  name: string;
  email: string;
  disabled: Date | null;
}

/** Whom an address belongs to; without one, the administrator who is there longest. */
export async function findPerson(email?: string): Promise<FoundPerson | null> {
  return db.person.findFirst({
    where: email === undefined ? { administrator: true, disabled: null } : { email: email.toLowerCase() },
    orderBy: { createdAt: "asc" },
    select: { id: true, name: true, email: true, disabled: true },
  });
}

/** What somebody is called, and where mails to them go. */
export async function addressee(personId: string): Promise<{ name: string; to: string }> {
  const { name, email } = await db.person.findUniqueOrThrow({
    where: { id: personId },
    select: { name: true, email: true },
  });
  return { name, to: email };
}

/** By what anybody can sign in; until there is one, a link lets the first one in. The demo's administrator may have a passkey alone. */
export async function waysToSignIn(): Promise<{ password: boolean; passkey: boolean }> {
  const password = await db.credential.findFirst({ where: { password: { not: null } }, select: { id: true } });
  const passkey = await db.passkey.findFirst({ select: { id: true } });
  return { password: password !== null, passkey: passkey !== null };
}
