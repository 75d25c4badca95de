import { audit } from "@/lib/access/audit";
import type { Asked, Everywhere, Scope } from "@/lib/access/scope";
import { createLink, endLinks, type Handed } from "@/lib/accounts/links";
import type { AccountInput, AdministratorInput, DisabledInput } from "@/lib/accounts/schema";
import { removeFactorOf } from "@/lib/accounts/second-factor";
import { db, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";

type Writing = Scope<"accounts.write", Everywhere>;

/**
 * Lets somebody administer the server, from when on no link that was made for them before lets anybody in; or no longer. One stays who can.
 * @throws DomainError `not_found`; `conflict` for the last administrator, and for a disabled account
 */
export async function setAdministrator(
  scope: Writing,
  { personId, administrator }: Asked<AdministratorInput>,
): Promise<{ name: string }> {
  return db.$transaction(async (tx) => {
    const { name, ...before } = await lockedPerson(tx, personId);
    if (before.administrator === administrator) return { name };
    if (administrator && before.disabled) throw new DomainError("conflict", { reason: "account_disabled", name });
    if (!administrator) await refuseLastAdministrator(tx, personId, name);
    await tx.person.update({ where: { id: personId }, data: { administrator }, select: { id: true } });
    if (administrator) await endLinks(tx, personId);
    await audit(tx, scope, { event: administrator ? "administrator_made" : "administrator_ended", subject: name });
    return { name };
  });
}

/**
 * Keeps somebody from signing in and ends where they are signed in, or lets them sign in again. What they did stays on record.
 * @throws DomainError `not_found`; `conflict` for oneself, and for the last administrator
 */
export async function setDisabled(
  scope: Writing,
  { personId, disabled }: Asked<DisabledInput>,
  now = new Date(),
): Promise<{ name: string }> {
  if (disabled && scope.actor.id === personId) throw new DomainError("conflict", { reason: "account_own" });
  return db.$transaction(async (tx) => {
    const { name, ...before } = await lockedPerson(tx, personId);
    if ((before.disabled !== null) === disabled) return { name };
    if (disabled && before.administrator) await refuseLastAdministrator(tx, personId, name);
    await tx.person.update({
      where: { id: personId },
      data: { disabled: disabled ? now : null },
      select: { id: true },
    });
    if (disabled) {
      await tx.personSession.deleteMany({ where: { personId } });
      await endLinks(tx, personId, now);
    }
    await audit(tx, scope, { event: disabled ? "account_disabled" : "account_enabled", subject: name });
    return { name };
  });
}

/**
 * Makes a link by which somebody sets a new password, to be handed over.
 * @throws DomainError `not_found`; `conflict` for a disabled account
 */
export async function linkForAccount(scope: Writing, { personId }: Asked<AccountInput>): Promise<Handed> {
  return db.$transaction(async (tx) => {
    const { name, email, disabled } = await lockedPerson(tx, personId);
    if (disabled) throw new DomainError("conflict", { reason: "account_disabled", name });
    const entered = await tx.credential.findFirst({ where: { personId }, select: { id: true } });
    await audit(tx, scope, { event: "link_made", subject: name });
    return { name, email, link: await createLink({ kind: entered ? "reset" : "invite", personId }, { tx }) };
  });
}

/**
 * Takes the second factor of somebody who lost it away, and ends their sessions; they sign in by their password then.
 * @throws DomainError `not_found`; `conflict` for oneself, who does it on one's own page, and for somebody who has none
 */
export async function removeFactor(scope: Writing, { personId }: Asked<AccountInput>): Promise<{ name: string }> {
  if (scope.actor.id === personId) throw new DomainError("conflict", { reason: "factor_own" });
  const found = await db.person.findUnique({ where: { id: personId }, select: { id: true, name: true } });
  if (!found) throw new DomainError("not_found", { reason: "account_unknown" });
  if (!(await removeFactorOf(found, scope.actor))) throw new DomainError("conflict", { reason: "second_factor_none" });
  return { name: found.name };
}

/** Somebody, and with them all administrators, locked in one order: two cannot make each other none at once. */
async function lockedPerson(tx: Transaction, personId: string) {
  await tx.$queryRaw`SELECT 1 FROM person WHERE administrator OR id = ${personId} ORDER BY id FOR NO KEY UPDATE`;
  const found = await tx.person.findUnique({
    where: { id: personId },
    select: { name: true, email: true, administrator: true, disabled: true },
  });
  if (!found) throw new DomainError("not_found", { reason: "account_unknown" });
  return found;
}

async function refuseLastAdministrator(tx: Transaction, personId: string, name: string): Promise<void> {
  const others = await tx.person.count({ where: { administrator: true, disabled: null, id: { not: personId } } });
  if (others === 0) throw new DomainError("conflict", { reason: "administrator_last", name });
}
