import { z } from "zod";
import { audit } from "@/lib/access/audit";
import { auditRefusal } from "@/lib/access/refusal";
import { addressOf } from "@/lib/access/session-cookie";
import { recoveryHash, stepOf } from "@/lib/accounts/codes";
import { type Asked, askedForCode, endQuestion } from "@/lib/accounts/question";
import { forgiveCodes, holdCodes } from "@/lib/accounts/rates";
import { unseal } from "@/lib/accounts/sealed";
import { enterAs, personAt, type SetCookies } from "@/lib/accounts/sign-in";
import { db } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";
import { log } from "@/lib/log";

const secretSchema = z.strictObject({ person: z.string(), secret: z.string() });

/** Uses a code of an app up, and those before it: of several who give it at once, one gets in. */
async function spendAppCode(personId: string, code: string): Promise<boolean> {
  const factor = await db.secondFactor.findUnique({ where: { personId }, select: { secret: true } });
  if (!factor) return false;
  const kept = await unseal("secret", secretSchema, factor.secret);
  if (kept?.person !== personId) {
    log.warn("the secret of a second factor cannot be read; was AUTH_SECRET changed?");
    return false;
  }
  const step = await stepOf(kept.secret, code);
  if (step === null) return false;
  const { count } = await db.secondFactor.updateMany({
    where: { personId, secret: factor.secret, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

/** Uses a recovery code up, and records it: of several who give it at once, one gets in. */
async function spendRecoveryCode({ id, name }: Asked, code: string, headers: Headers): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.recoveryCode.deleteMany({ where: { personId: id, hash: recoveryHash(code) } });
    if (count === 0) return false;
    const left = await tx.recoveryCode.count({ where: { personId: id } });
    const used = { event: "recovery_code_used", subject: name, after: { left } } as const;
    await audit(tx, { actor: personAt({ id, name }, headers), ids: {} }, used);
    return true;
  });
}

/**
 * Signs in whoever was asked for their second factor, with a new session. Tries are counted before a code is looked at.
 * @param code six digits of an app, or a recovery code without its dashes
 * @throws DomainError `forbidden` where the question is over, and for an account that was disabled meanwhile; `invalid` for a code that is wrong or used; `unavailable` for one try too many
 */
export async function enterByCode(code: string, headers: Headers): Promise<SetCookies> {
  const asked = await askedForCode(headers, (personId) => holdCodes(personId, addressOf(headers)));
  if (!asked) throw new DomainError("forbidden", { reason: "code_over" });
  const ofApp = /^\d{6}$/.test(code);
  const right = ofApp ? await spendAppCode(asked.id, code) : await spendRecoveryCode(asked, code, headers);
  if (!right) {
    await recordRefusal(asked, headers);
    throw invalidField(["code"], { reason: "code_wrong" });
  }
  await forgiveCodes(asked.id);
  const by = `${asked.by} and a ${ofApp ? "code" : "recovery code"}`;
  const cookies = await enterAs(asked.id, headers, by).catch(async (error: unknown) => {
    if (error instanceof DomainError) await recordRefusal(asked, headers);
    throw error;
  });
  return [...cookies, await endQuestion(headers)];
}

async function recordRefusal(asked: Asked, headers: Headers): Promise<void> {
  const refused = { event: "sign_in_refused", subject: asked.email, after: { by: "code" } } as const;
  await auditRefusal({ actor: personAt(asked, headers), ids: {} }, refused);
}
