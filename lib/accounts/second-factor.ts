import { z } from "zod";
import { operator, person } from "@/lib/access/actor";
import { audit } from "@/lib/access/audit";
import { addressOf } from "@/lib/access/session-cookie";
import type { SignedIn } from "@/lib/access/signed-in";
import { newRecoveryCodes, newSecret, recoveryHash, secretAddress, stepOf } from "@/lib/accounts/codes";
import { forgiveCodes, holdCodes } from "@/lib/accounts/rates";
import { dropSealed, keepSealed, readSealed, seal } from "@/lib/accounts/sealed";
import { proveOwnPassword, type SetCookies } from "@/lib/accounts/sign-in";
import { db, Prisma, type Transaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";

const setupSchema = z.strictObject({ person: z.string(), secret: z.string() });
const codesSchema = z.strictObject({ person: z.string(), codes: z.array(z.string()) });

/** One's second factor: since when, and how many recovery codes are left. Null for none. */
export async function ownSecondFactor({ id }: SignedIn): Promise<{ since: Date; codesLeft: number } | null> {
  const found = await db.secondFactor.findUnique({
    where: { personId: id },
    select: { since: true, _count: { select: { recoveryCodes: true } } },
  });
  return found && { since: found.since, codesLeft: found._count.recoveryCodes };
}

const alreadyThere = () => new DomainError("conflict", { reason: "second_factor_there" });

/**
 * Makes the secret of a second factor, which counts from its first code on. Until then the browser keeps it, sealed, and nobody else.
 * @throws DomainError as `proveOwnPassword`; `conflict` for somebody who has one
 */
export async function beginSecondFactor(somebody: SignedIn, password: string, headers: Headers): Promise<SetCookies> {
  await proveOwnPassword(somebody, password, "password", headers);
  if (await ownSecondFactor(somebody)) throw alreadyThere();
  return [await keepSealed("setup", { person: somebody.id, secret: newSecret() }, headers)];
}

/** The secret that one sets up in this browser; null for none. */
async function secretInSetup({ id }: SignedIn, headers: Headers): Promise<string | null> {
  const setup = await readSealed("setup", setupSchema, headers);
  return setup?.person === id ? setup.secret : null;
}

/** The same, with the address by which an app takes it and a QR code of that, as the address of an image. */
export async function shownSetup(
  somebody: SignedIn,
  headers: Headers,
): Promise<{ secret: string; address: string; picture: string } | null> {
  const secret = await secretInSetup(somebody, headers);
  if (secret === null) return null;
  const address = secretAddress(secret, somebody.email);
  const { toString: toText } = await import("qrcode");
  const svg = await toText(address, { type: "svg", errorCorrectionLevel: "M", margin: 4 });
  return { secret, address, picture: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}` };
}

/** Replaces the recovery codes of somebody, and gives them to their browser for ten minutes: here only hashes are kept. */
async function makeRecoveryCodes(tx: Transaction, somebody: SignedIn, headers: Headers): Promise<string> {
  const { id: personId, name } = somebody;
  const codes = newRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { personId } });
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ hash: recoveryHash(code), personId })) });
  const made = { event: "recovery_codes_made", subject: name, after: { codes: codes.length } } as const;
  await audit(tx, { actor: person(somebody), ids: {} }, made);
  return keepSealed("codes", { person: personId, codes }, headers);
}

/** What changes by what one signs in ends the sessions elsewhere: whoever has one may be why it is changed. */
async function endOthers(tx: Transaction, { id: personId, sessionId }: SignedIn): Promise<void> {
  await tx.personSession.deleteMany({ where: { personId, id: { not: sessionId } } });
}

/**
 * Begins to ask for a second factor, once its app has made a first code. Every other session ends.
 * @returns cookies, one of which has the recovery codes
 * @throws DomainError `invalid` for a wrong code; `unavailable` for one try too many; `conflict` for a set-up that is over, or done
 */
export async function confirmSecondFactor(somebody: SignedIn, code: string, headers: Headers): Promise<SetCookies> {
  const chosen = await secretInSetup(somebody, headers);
  if (chosen === null) throw new DomainError("conflict", { reason: "setup_over" });
  await holdCodes(somebody.id, addressOf(headers));
  const lastStep = await stepOf(chosen, code);
  if (lastStep === null) throw invalidField(["code"], { reason: "code_wrong" });
  await forgiveCodes(somebody.id);
  const secret = await seal("secret", { person: somebody.id, secret: chosen });
  const codes = await db
    .$transaction(async (tx) => {
      await tx.secondFactor.create({ data: { personId: somebody.id, secret, lastStep }, select: { personId: true } });
      await audit(tx, { actor: person(somebody), ids: {} }, { event: "second_factor_set", subject: somebody.name });
      await endOthers(tx, somebody);
      return makeRecoveryCodes(tx, somebody, headers);
    })
    .catch((error) => {
      const twice = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
      throw twice ? alreadyThere() : error;
    });
  return [dropSealed("setup", headers), codes];
}

/** The recovery codes that were made in this browser less than ten minutes ago and not put away; null for none. */
export async function madeRecoveryCodes({ id }: SignedIn, headers: Headers): Promise<string[] | null> {
  const made = await readSealed("codes", codesSchema, headers);
  return made?.person === id ? made.codes : null;
}

/** Puts the recovery codes away that this browser shows. */
export function putAwayCodes(headers: Headers): SetCookies {
  return [dropSealed("codes", headers)];
}

/**
 * Makes recovery codes anew; those before are of no use then.
 * @throws DomainError as `proveOwnPassword`; `conflict` where the second factor is gone
 */
export async function renewRecoveryCodes(somebody: SignedIn, password: string, headers: Headers): Promise<SetCookies> {
  await proveOwnPassword(somebody, password, "password", headers);
  return db.$transaction(async (tx) => {
    const kept = await tx.$executeRaw`SELECT FROM second_factor WHERE person_id = ${somebody.id} FOR UPDATE`;
    if (kept === 0) throw new DomainError("conflict", { reason: "second_factor_none" });
    return [await makeRecoveryCodes(tx, somebody, headers)];
  });
}

/**
 * Takes one's second factor away, and with it the recovery codes; every other session ends.
 * @throws DomainError as `proveOwnPassword`; `conflict` where it is gone already
 */
export async function removeSecondFactor(somebody: SignedIn, password: string, headers: Headers): Promise<void> {
  await proveOwnPassword(somebody, password, "current", headers);
  await db.$transaction(async (tx) => {
    const { count } = await tx.secondFactor.deleteMany({ where: { personId: somebody.id } });
    if (count === 0) throw new DomainError("conflict", { reason: "second_factor_none" });
    await endOthers(tx, somebody);
    await audit(tx, { actor: person(somebody), ids: {} }, { event: "second_factor_removed", subject: somebody.name });
  });
}

/** Takes somebody's second factor away, and ends their sessions; at the terminal if nobody is said to do it. @returns whether there was one */
export async function removeFactorOf({ id, name }: { id: string; name: string }, by = operator): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.secondFactor.deleteMany({ where: { personId: id } });
    if (count === 0) return false;
    await tx.personSession.deleteMany({ where: { personId: id } });
    await audit(tx, { actor: by, ids: {} }, { event: "second_factor_removed", subject: name });
    return true;
  });
}
