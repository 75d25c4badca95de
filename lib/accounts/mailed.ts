import { headers } from "next/headers";
import { linkLetter } from "@/lib/accounts/letters";
import { type Handed, linkPath, type MadeLink } from "@/lib/accounts/links";
import { mailOrigin } from "@/lib/mail/origin";
import type { MailProblem } from "@/lib/mail/problems";
import { sendMail } from "@/lib/mail/send";
import { mailSettings } from "@/lib/mail/settings";

/** A mail with a link: where it went, or why it did not. */
export interface Mailed {
  to: string;
  problem: MailProblem | null;
}

/** Sends somebody the link that is handed over to them as well. @returns null where no mail is set up */
export async function mailLink({ name, email, link }: Handed): Promise<Mailed | null> {
  if (!mailSettings()) return null;
  const letter = linkLetter({ name, ...(await asMailed(link)) });
  return { to: email, problem: await sendMail({ to: email, ...letter }) };
}

/** A link as a mail has it: an address on this server. */
export async function asMailed({ token, expires }: MadeLink): Promise<{ address: string; expires: Date }> {
  return { address: mailOrigin(await headers()) + linkPath(token), expires };
}
