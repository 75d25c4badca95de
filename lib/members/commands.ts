import { recorded } from "@/lib/access/actor";
import { audit } from "@/lib/access/audit";
import { lockApplication } from "@/lib/access/lock";
import { may } from "@/lib/access/offer";
import type { Role } from "@/lib/access/permissions";
import type { ApplicationIds, Asked, Scope } from "@/lib/access/scope";
import { createLink, endLinks, type Handed, type MadeLink } from "@/lib/accounts/links";
import { lockPerson, makePerson } from "@/lib/accounts/people";
import { db, type Transaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";
import { membersMost } from "@/lib/members/queries";
import type { ChangeRoleInput, InviteInput, MemberInput } from "@/lib/members/schema";

type Writing = Scope<"members.write", ApplicationIds>;

/**
 * Makes somebody a member; the links that they were given before end. Who was never in gets a link by which they choose a password, to be handed over: unless they can do more
 * than the maker of the link, as in `handOverLink`.
 * @returns the link, and whether they were in before; without a link they were, or somebody else has to make it
 * @throws DomainError `not_found`; `invalid` for a member; `conflict` where there are 500
 */
export async function inviteMember(
  scope: Writing,
  { name, email, role }: Asked<InviteInput>,
): Promise<Omit<Handed, "link"> & { personId: string; entered: boolean; link: MadeLink | null }> {
  const { applicationId } = scope.ids;
  return db.$transaction(async (tx) => {
    await lockApplication(tx, scope);
    const count = await tx.member.count({ where: { applicationId } });
    if (count >= membersMost) throw new DomainError("conflict", { reason: "members_full", count });
    const known = await tx.person.findUnique({
      where: { email },
      select: {
        id: true,
        name: true,
        administrator: true,
        disabled: true,
        members: { select: { applicationId: true } },
      },
    });
    if (known?.members.some((member) => member.applicationId === applicationId))
      throw invalidField(["email"], { reason: "member_already", email, name: known.name });
    const personId = known?.id ?? (await makePerson(tx, { name, email }, scope.actor));
    const data = { applicationId, personId, role, ...recorded(scope.actor) };
    await tx.member.create({ data, select: { role: true } });
    await audit(tx, scope, { event: "member_invited", subject: `${known?.name ?? name} (${email})`, after: { role } });
    await lockPerson(tx, personId);
    const entered = known !== null && (await hasEntered(tx, personId));
    if (known) await endLinks(tx, personId); // whoever made one may have nothing to say in this application
    const linked = !entered && (known === null || (!known.disabled && governs(scope, known)));
    const link = linked ? await createLink({ kind: "invite", personId }, { tx }) : null;
    return { personId, name: known?.name ?? name, email, entered, link };
  });
}

/**
 * Gives a member another role, unless somebody changed it since the list showed it.
 * @throws DomainError `not_found`; `stale`; `conflict` for the only admin
 */
export async function changeRole(
  scope: Writing,
  { personId, role, shown }: Asked<ChangeRoleInput>,
): Promise<{ name: string; role: Role }> {
  return db.$transaction(async (tx) => {
    const member = await lockedMember(tx, scope, personId);
    const { name } = member.person;
    if (member.role !== shown) throw new DomainError("stale", { reason: "member_changed", name, role: member.role });
    if (role !== "admin") await refuseLastAdmin(tx, scope, personId, member);
    await tx.member.updateMany({ where: { applicationId: scope.ids.applicationId, personId }, data: { role } });
    await audit(tx, scope, { event: "member_role_changed", subject: name, before: { role: shown }, after: { role } });
    return { name, role };
  });
}

/**
 * Ends a membership; the account stays.
 * @throws DomainError `not_found`; `conflict` for the only admin
 */
export async function removeMember(scope: Writing, { personId }: Asked<MemberInput>): Promise<{ name: string }> {
  return db.$transaction(async (tx) => {
    const member = await lockedMember(tx, scope, personId);
    await refuseLastAdmin(tx, scope, personId, member);
    await tx.member.deleteMany({ where: { applicationId: scope.ids.applicationId, personId } });
    const { name } = member.person;
    await audit(tx, scope, { event: "member_removed", subject: name, before: { role: member.role } });
    return { name };
  });
}

/**
 * Makes a link by which a member sets a new password, to be handed over. An admin makes one only for who can do nothing that
 * this admin could not do: else the link would give its maker more than they have.
 * @throws DomainError `not_found`; `forbidden` for who administers the server, or is in an application that is not the admin's
 */
export async function handOverLink(scope: Writing, { personId }: Asked<MemberInput>): Promise<Handed> {
  return db.$transaction(async (tx) => {
    const { name, email, administrator, disabled } = (await lockedMember(tx, scope, personId)).person;
    if (disabled) throw new DomainError("conflict", { reason: "account_disabled", name });
    const members = await tx.member.findMany({ where: { personId }, select: { applicationId: true } });
    if (!governs(scope, { administrator, members }))
      throw new DomainError("forbidden", { reason: "member_elsewhere", name });
    const kind = (await hasEntered(tx, personId)) ? "reset" : "invite";
    await audit(tx, scope, { event: "link_made", subject: name });
    return { name, email, link: await createLink({ kind, personId }, { tx }) };
  });
}

/** Whether who asks may do everything that somebody can do: in each of their applications, or everywhere. */
function governs(
  scope: Writing,
  { administrator, members }: { administrator: boolean; members: { applicationId: number }[] },
): boolean {
  if (may({ ...scope, ids: {} }, "applications.create")) return true;
  return !administrator && members.every((member) => may({ ...scope, ids: member }, "members.write"));
}

/** Whether somebody has anything to sign in by. */
async function hasEntered(tx: Transaction, personId: string): Promise<boolean> {
  return (await tx.credential.findFirst({ where: { personId }, select: { id: true } })) !== null;
}

async function lockedMember(tx: Transaction, scope: Writing, personId: string) {
  await lockApplication(tx, scope);
  await lockPerson(tx, personId);
  const member = await tx.member.findUnique({
    where: { applicationId_personId: { applicationId: scope.ids.applicationId, personId } },
    select: { role: true, person: { select: { name: true, email: true, administrator: true, disabled: true } } },
  });
  if (!member) throw new DomainError("not_found", { reason: "member_unknown" });
  return member;
}

/** Under the application's lock, so that two admins cannot demote each other at once. Who is disabled is no other one. */
async function refuseLastAdmin(
  tx: Transaction,
  { ids }: Writing,
  personId: string,
  member: { role: string; person: { name: string } },
): Promise<void> {
  if (member.role !== "admin") return;
  const others = await tx.member.count({
    where: { applicationId: ids.applicationId, role: "admin", personId: { not: personId }, person: { disabled: null } },
  });
  if (others === 0) throw new DomainError("conflict", { reason: "member_last_admin", name: member.person.name });
}
