import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { auditRefusal } from "@/lib/access/refusal";
import { addressOf } from "@/lib/access/session-cookie";
import { challengeTime, dropChallenge, keepChallenge, neededHost, spendChallenge } from "@/lib/accounts/challenge";
import { holdPasskeys } from "@/lib/accounts/rates";
import type { UsedPasskey } from "@/lib/accounts/schema";
import { enterAs, personAt, type SetCookies } from "@/lib/accounts/sign-in";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";

/**
 * What a device needs in order to let somebody in by a passkey of this host; the challenge in it is of use once, for five minutes. Costs the
 * database nothing.
 * @throws DomainError `forbidden` under an address; `unavailable` for one try too many
 */
export async function askForPasskey(
  headers: Headers,
): Promise<{ options: PublicKeyCredentialRequestOptionsJSON; cookies: SetCookies }> {
  const host = neededHost(headers);
  await holdPasskeys(null, addressOf(headers));
  const { generateAuthenticationOptions } = await import("@simplewebauthn/server");
  const options = await generateAuthenticationOptions({
    ...{ rpID: host, timeout: challengeTime, userVerification: "required" },
  });
  return { options, cookies: [await keepChallenge({ challenge: options.challenge, host, adding: null }, headers)] };
}

/** A passkey that an answer names, with whose it is; null for one that is not here, or whose device names somebody else. */
async function namedPasskey({ id, response }: UsedPasskey, host: string) {
  const found = await db.passkey.findUnique({
    where: { id },
    select: {
      ...{ id: true, name: true, host: true, publicKey: true, counter: true, transports: true },
      person: { select: { id: true, name: true } },
    },
  });
  const holder = Buffer.from(response.userHandle, "base64url").toString("utf8");
  return found?.host === host && found.person.id === holder ? found : null;
}

type Named = NonNullable<Awaited<ReturnType<typeof namedPasskey>>>;

/** Whether an answer is signed by a passkey, for this challenge, by a device that knew whose it is. Notes its use. */
async function isSigned(passkey: Named, response: UsedPasskey, challenge: string, origin: string): Promise<boolean> {
  const { id, host, publicKey, counter, transports } = passkey;
  const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
  const answer = await verifyAuthenticationResponse({
    ...{ response, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host },
    credential: { id, publicKey: new Uint8Array(publicKey), counter: Number(counter), transports },
    requireUserVerification: true,
  }).catch((error: unknown) => {
    log.info({ err: error }, "a passkey let nobody in");
    return null;
  });
  if (!answer?.verified) return false;
  // where a device counts, a copy of it is behind
  const { count } = await db.passkey.updateMany({
    where: { id, counter },
    data: { counter: BigInt(answer.authenticationInfo.newCounter), used: new Date() },
  });
  return count === 1;
}

/**
 * Signs somebody in by what a device made of the challenge that this browser was given, with a new session.
 * @throws DomainError `forbidden` for a challenge that is over, for what no passkey of this host signed, and for a disabled account; `unavailable` for one try too many
 */
export async function enterByPasskey(response: UsedPasskey, headers: Headers): Promise<SetCookies> {
  await holdPasskeys(response.id, addressOf(headers));
  const { challenge, host, adding } = await spendChallenge(headers);
  if (adding !== null) throw new DomainError("forbidden", { reason: "challenge_over" });
  const passkey = await namedPasskey(response, host);
  if (!passkey || !(await isSigned(passkey, response, challenge, headers.get("origin") ?? ""))) {
    await recordRefusal(passkey, headers);
    throw new DomainError("forbidden", { reason: "passkey_wrong" });
  }
  const cookies = await enterAs(passkey.person.id, headers, "by a passkey").catch(async (error: unknown) => {
    if (error instanceof DomainError) await recordRefusal(passkey, headers);
    throw error;
  });
  return [...cookies, dropChallenge(headers)];
}

async function recordRefusal(passkey: Named | null, headers: Headers): Promise<void> {
  const somebody = passkey?.person ?? { id: "", name: "nobody" };
  const subject = passkey ? `passkey ${passkey.name}` : "a passkey that is not known";
  await auditRefusal({ actor: personAt(somebody, headers), ids: {} }, { event: "sign_in_refused", subject });
}
