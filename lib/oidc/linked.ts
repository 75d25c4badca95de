import { person } from "@/lib/access/actor";
import { audit } from "@/lib/access/audit";
import type { SignedIn } from "@/lib/access/signed-in";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { oidcSettings } from "@/lib/oidc/settings";

/** A provider's identity by which one signs in. */
export interface LinkedSignIn {
  id: string;
  /** What people call the provider. */
  name: string;
  since: Date;
}

/** What a provider is called: as the settings say, else by its host. */
function nameOf(issuer: string): string {
  const settings = oidcSettings();
  if (settings?.issuer.href === new URL(issuer).href) return settings.name;
  return new URL(issuer).host;
}

/** The sign-ins by a provider that are linked to one's account. */
export async function linkedSignIns({ id }: SignedIn): Promise<LinkedSignIn[]> {
  const found = await db.credential.findMany({
    where: { personId: id, providerId: { not: "credential" } },
    orderBy: { createdAt: "asc" },
    select: { id: true, providerId: true, createdAt: true },
  });
  return found.map(({ id: linked, providerId, createdAt }) => ({
    id: linked,
    name: nameOf(providerId),
    since: createdAt,
  }));
}

/**
 * Unlinks a sign-in from one's account, where one has another way in. Sessions that were begun by it go on.
 * @returns what the provider is called
 * @throws DomainError `conflict` for the only way in; `not_found` for none of one's own
 */
export async function unlinkSignIn(somebody: SignedIn, linked: string): Promise<string> {
  return db.$transaction(async (tx) => {
    // One after another, so that two at once do not take the last two.
    await tx.$executeRaw`SELECT 1 FROM person WHERE id = ${somebody.id} FOR NO KEY UPDATE`;
    const all = await tx.credential.findMany({
      where: { personId: somebody.id },
      select: { id: true, providerId: true, accountId: true },
    });
    const found = all.find(({ id, providerId }) => id === linked && providerId !== "credential");
    if (!found) throw new DomainError("not_found", { reason: "oidc_gone" });
    const name = nameOf(found.providerId);
    const passkeys = await tx.passkey.count({ where: { personId: somebody.id } });
    if (all.length === 1 && passkeys === 0) throw new DomainError("conflict", { reason: "oidc_only_way", name });
    await tx.credential.delete({ where: { id: found.id }, select: { id: true } });
    const before = { account: found.accountId };
    await audit(tx, { actor: person(somebody), ids: {} }, { event: "sign_in_unlinked", subject: name, before });
    return name;
  });
}
