import { randomUUID } from "node:crypto";
import { audit } from "@/lib/access/audit";
import { auditRefusal } from "@/lib/access/refusal";
import { enterAs, personAt, type SetCookies } from "@/lib/accounts/sign-in";
import { db, type Transaction, untilWon } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { Identity } from "@/lib/oidc/provider";
import type { OidcSettings } from "@/lib/oidc/settings";

/** Whom an identity was linked to before; null for nobody. */
async function linkedTo({ issuer, subject }: Identity): Promise<string | null> {
  const found = await db.credential.findUnique({
    where: { providerId_accountId: { providerId: issuer, accountId: subject } },
    select: { personId: true },
  });
  return found?.personId ?? null;
}

/** Somebody who has the verified address and no other identity of the provider: who has one is no longer known by an address. */
async function knownBy(tx: Transaction, { issuer, email }: Identity): Promise<{ id: string; name: string } | null> {
  if (email === null) return null;
  const found = await tx.person.findUnique({
    where: { email },
    select: {
      id: true,
      name: true,
      disabled: true,
      credentials: { where: { providerId: issuer }, select: { id: true } },
    },
  });
  if (!found || found.credentials.length > 0) return null;
  if (found.disabled) throw new DomainError("forbidden", { reason: "account_disabled", name: found.name });
  return found;
}

async function link(identity: Identity, { name }: OidcSettings, headers: Headers): Promise<string | null> {
  return db.$transaction(async (tx) => {
    const somebody = await knownBy(tx, identity);
    if (!somebody) return null;
    const { issuer: providerId, subject: accountId } = identity;
    const data = { id: randomUUID(), providerId, accountId, personId: somebody.id };
    await tx.credential.create({ data, select: { id: true } });
    const by = { actor: personAt(somebody, headers), ids: {} };
    await audit(tx, by, { event: "sign_in_linked", subject: name, after: { account: accountId } });
    return somebody.id;
  });
}

/**
 * Signs in whom the provider has proven: who was linked to that identity, else who has an address that it says is verified, and is
 * linked with it. Nobody is made.
 * @throws DomainError `forbidden` for anybody else, and for a disabled account
 */
export async function enterByIdentity(
  identity: Identity,
  settings: OidcSettings,
  headers: Headers,
): Promise<SetCookies> {
  const { name } = settings;
  try {
    // Of two at once the other has linked meanwhile, before this one was about to, or while it was.
    const personId = await untilWon(
      async () => (await linkedTo(identity)) ?? (await link(identity, settings, headers)) ?? (await linkedTo(identity)),
    );
    if (personId === null) throw new DomainError("forbidden", { reason: "oidc_stranger", name });
    return await enterAs(personId, headers, `by ${name}`);
  } catch (error) {
    if (error instanceof DomainError) await recordRefusal(identity, name, headers);
    throw error;
  }
}

async function recordRefusal({ email, subject }: Identity, by: string, headers: Headers): Promise<void> {
  const who = email ?? subject;
  await auditRefusal(
    { actor: personAt({ id: "", name: who }, headers), ids: {} },
    { event: "sign_in_refused", subject: who, after: { by, verified: email !== null } },
  );
}
