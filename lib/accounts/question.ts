import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { tokenHash } from "@/lib/access/session-cookie";
import { dropSealed, keepSealed, readSealed, sealedSeconds } from "@/lib/accounts/sealed";
import { db } from "@/lib/db";

const questionSchema = z.strictObject({ person: z.string(), proof: z.string(), by: z.string(), token: z.string() });

/** Somebody who has proven the first factor, and is asked for the second. */
export interface Asked {
  id: string;
  name: string;
  email: string;
  /** How they proved it, as the audit says it. */
  by: string;
}

/** Whose second factor is asked for. `proof` is another after each change of the password or the factor. */
async function whoIsAsked(personId: string) {
  const found = await db.person.findUnique({
    where: { id: personId },
    select: {
      ...{ id: true, name: true, email: true, secondFactor: { select: { secret: true } } },
      credentials: { where: { providerId: "credential" }, select: { password: true } },
    },
  });
  if (!found?.secondFactor) return null;
  const { credentials, secondFactor, ...person } = found;
  const proof = JSON.stringify([secondFactor.secret, ...credentials.map(({ password }) => password)]);
  return { person, proof: createHash("sha256").update(proof).digest("base64url") };
}

/**
 * Asks for the second factor of whoever has one, before they get a session.
 * @param by how they proved who they are: "by a password"
 * @returns the cookie by which their browser answers within ten minutes; null where there is nothing to ask for
 */
export async function askForCode(personId: string, by: string, headers: Headers): Promise<string | null> {
  const asked = await whoIsAsked(personId);
  if (!asked) return null;
  // Whoever reads the database finds in it all that a question is sealed with and made of, but this.
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + sealedSeconds * 1000);
  const data = { id: tokenHash(token), identifier: "question", value: personId, expiresAt };
  await db.verification.create({ data, select: { id: true } });
  return keepSealed("question", { person: personId, proof: asked.proof, by, token }, headers);
}

/** Whether a question was asked here, and is not over. */
async function isAsked({ person, token }: z.output<typeof questionSchema>): Promise<boolean> {
  const noted = { id: tokenHash(token), identifier: "question", value: person, expiresAt: { gt: new Date() } };
  return (await db.verification.findFirst({ where: noted, select: { id: true } })) !== null;
}

/**
 * Who the browser that asks is to give a code of; null where the question is over, or nobody was asked.
 * @param hold is given whose code it is before the database is asked: a crowd that is refused costs it nothing
 */
export async function askedForCode(
  headers: Headers,
  hold: (personId: string) => Promise<void> = async () => {},
): Promise<Asked | null> {
  const question = await readSealed("question", questionSchema, headers);
  if (!question) return null;
  await hold(question.person);
  const asked = (await isAsked(question)) ? await whoIsAsked(question.person) : null;
  return asked?.proof === question.proof ? { ...asked.person, by: question.by } : null;
}

/** Ends the question that a browser has answered, and lets it forget that. @returns the cookie */
export async function endQuestion(headers: Headers): Promise<string> {
  const question = await readSealed("question", questionSchema, headers);
  if (question) await db.verification.deleteMany({ where: { id: tokenHash(question.token) } });
  return dropSealed("question", headers);
}
