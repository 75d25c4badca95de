import { createHash } from "node:crypto";
import { z } from "zod";
import { dropSealed, keepSealed, readSealed } from "@/lib/accounts/sealed";
import { db } from "@/lib/db";

const questionSchema = z.strictObject({ person: z.string(), proof: z.string(), by: z.string() });

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
  return asked && keepSealed("question", { person: personId, proof: asked.proof, by }, headers);
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
  const asked = await whoIsAsked(question.person);
  return asked?.proof === question.proof ? { ...asked.person, by: question.by } : null;
}

/** Lets the browser forget what it was asked. */
export function endQuestion(headers: Headers): string {
  return dropSealed("question", headers);
}
