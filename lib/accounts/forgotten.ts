import { audit } from "@/lib/access/audit";
import { addressOf } from "@/lib/access/session-cookie";
import { changeLetter, linkLetter } from "@/lib/accounts/letters";
import { createLink, linkPath } from "@/lib/accounts/links";
import { personAt } from "@/lib/accounts/sign-in";
import { db } from "@/lib/db";
import { log } from "@/lib/log";
import { mailOrigin } from "@/lib/mail/origin";
import { sendMail } from "@/lib/mail/send";

/**
 * Sends whoever has an address a link by which they choose a password, and records that it was asked for. To be run once the request is
 * answered, so that neither its words nor its time tell whether somebody has the address.
 */
export async function sendForgotten(email: string, headers: Headers): Promise<void> {
  const found = await db.person.findUnique({
    where: { email },
    select: { id: true, name: true, disabled: true, credentials: { take: 1, select: { id: true } } },
  });
  const asked = { actor: personAt({ id: found?.id ?? "", name: found?.name ?? email }, headers), ids: {} };
  await audit(db, asked, { event: "link_asked", subject: email, after: { known: found !== null } });
  if (!found || found.disabled) return;
  const kind = found.credentials.length > 0 ? "reset" : "invite";
  const { token, expires } = await createLink({ kind, personId: found.id });
  const address = mailOrigin(headers) + linkPath(token);
  await sendMail({ to: email, ...linkLetter({ name: found.name, address, expires }) });
}

/** Tells somebody that something was changed by which they get in. @param to the address they had before */
export async function sendChange(
  { name, to, what }: { name: string; to: string; what: "password" | "e-mail address" },
  headers: Headers,
): Promise<void> {
  const letter = changeLetter({ name, what, at: new Date(), from: addressOf(headers), origin: mailOrigin(headers) });
  await sendMail({ to, ...letter });
}

/** Runs what is to happen after an answer; where it fails, only the log can say so. */
export function afterwards(run: () => Promise<void>): () => Promise<void> {
  return () => run().catch((error: unknown) => log.error({ err: error }, "nothing could be sent after an answer"));
}
