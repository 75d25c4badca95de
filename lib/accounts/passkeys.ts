import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/server";
import { person } from "@/lib/access/actor";
import { audit } from "@/lib/access/audit";
import { addressOf } from "@/lib/access/session-cookie";
import type { SignedIn } from "@/lib/access/signed-in";
import { challengeTime, dropChallenge, keepChallenge, neededHost, spendChallenge } from "@/lib/accounts/challenge";
import { holdPasskeys } from "@/lib/accounts/rates";
import type { MadePasskey } from "@/lib/accounts/schema";
import { proveOwnPassword, type SetCookies } from "@/lib/accounts/sign-in";
import { db, Prisma } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";

/** What one signs in with instead of a password. */
export interface OwnPasskey {
  id: string;
  name: string;
  /** The host name under which it works. */
  host: string;
  made: Date;
  used: Date | null;
}

const most = 20;

/** One's passkeys, the newest first. */
export async function ownPasskeys({ id }: SignedIn): Promise<OwnPasskey[]> {
  return db.passkey.findMany({
    where: { personId: id },
    orderBy: [{ made: "desc" }, { id: "asc" }],
    select: { id: true, name: true, host: true, made: true, used: true },
  });
}

/**
 * What a device needs in order to make a passkey, which one names; the challenge in it is of use once, for five minutes. It knows who one is
 * (fingerprint, PIN), so the passkey takes the place of password and second factor.
 * @param password one's own, where one has one
 * @throws DomainError `invalid` for a wrong one; `forbidden` under an address; `conflict` for one passkey too many; `unavailable` for one try too many
 */
export async function beginPasskey(
  somebody: SignedIn,
  { name, password }: { name: string; password: string },
  headers: Headers,
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON; cookies: SetCookies }> {
  const host = neededHost(headers);
  await holdPasskeys(null, addressOf(headers));
  const { id, email } = somebody;
  if (await db.credential.findFirst({ where: { personId: id, password: { not: null } }, select: { id: true } }))
    await proveOwnPassword(somebody, password, "password", headers);
  const own = await db.passkey.findMany({ where: { personId: id }, select: { id: true, transports: true } });
  if (own.length >= most) throw new DomainError("conflict", { reason: "passkeys_full", most });
  const { generateRegistrationOptions } = await import("@simplewebauthn/server");
  const options = await generateRegistrationOptions({
    ...{ rpName: "Referrals", rpID: host, userName: email, userDisplayName: somebody.name, timeout: challengeTime },
    userID: new TextEncoder().encode(id),
    attestationType: "none",
    excludeCredentials: own,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  const { challenge } = options;
  return { options, cookies: [await keepChallenge({ challenge, host, adding: { person: id, name } }, headers)] };
}

/**
 * Adds a passkey that a device has made for a challenge.
 * @throws DomainError `forbidden` for a challenge that is over; `invalid` for what does not answer it; `conflict` for one that is there
 */
export async function addPasskey(somebody: SignedIn, response: MadePasskey, headers: Headers): Promise<SetCookies> {
  await holdPasskeys(response.id, addressOf(headers));
  const { challenge, host, adding } = await spendChallenge(headers);
  if (adding?.person !== somebody.id) throw new DomainError("forbidden", { reason: "challenge_over" });
  const { credential } = await verified(response, { challenge, host, origin: headers.get("origin") ?? "" });
  const { id, publicKey, counter } = credential;
  const { name } = adding;
  const { transports } = response.response;
  try {
    await db.$transaction(async (tx) => {
      const keys = { publicKey: Buffer.from(publicKey), counter: BigInt(counter), transports };
      await tx.passkey.create({ data: { id, personId: somebody.id, name, host, ...keys }, select: { id: true } });
      const added = { event: "passkey_added", subject: name, after: { host } } as const;
      await audit(tx, { actor: person(somebody), ids: {} }, added);
    });
  } catch (error) {
    const there = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
    throw there ? new DomainError("conflict", { reason: "passkey_there" }) : error;
  }
  return [dropChallenge(headers)];
}

async function verified(
  response: MadePasskey,
  { challenge, host, origin }: { challenge: string; host: string; origin: string },
) {
  const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    ...{ response, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host },
    requireUserVerification: true,
  }).catch((error: unknown) => {
    log.info({ err: error }, "a passkey was not added");
    return { verified: false, registrationInfo: undefined };
  });
  if (!verified || !registrationInfo) throw new DomainError("invalid", { reason: "passkey_wrong" });
  return registrationInfo;
}

const unknown = () => new DomainError("not_found", { reason: "passkey_unknown" });

/** Calls one of one's passkeys otherwise. @throws DomainError `not_found` */
export async function renamePasskey(somebody: SignedIn, id: string, name: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM passkey WHERE id = ${id} AND person_id = ${somebody.id} FOR UPDATE`;
    if (!before) throw unknown();
    await tx.passkey.update({ where: { id }, data: { name }, select: { id: true } });
    const renamed = { event: "passkey_renamed", subject: before.name, after: { name } } as const;
    if (name !== before.name) await audit(tx, { actor: person(somebody), ids: {} }, renamed);
  });
}

/** Removes one of one's passkeys: from then on it lets nobody in. @returns its name. @throws DomainError `not_found` */
export async function removePasskey(somebody: SignedIn, id: string): Promise<string> {
  return db.$transaction(async (tx) => {
    const [gone] = await tx.$queryRaw<{ name: string; host: string }[]>`
      DELETE FROM passkey WHERE id = ${id} AND person_id = ${somebody.id} RETURNING name, host`;
    if (!gone) throw unknown();
    const removed = { event: "passkey_removed", subject: gone.name, before: { host: gone.host } } as const;
    await audit(tx, { actor: person(somebody), ids: {} }, removed);
    return gone.name;
  });
}
