import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { invitationLetter } from "@/lib/accounts/letters";
import type { MadeLink } from "@/lib/accounts/links";
import { asMailed, type Mailed } from "@/lib/accounts/mailed";
import { getApplication } from "@/lib/applications/queries";
import { sendMail } from "@/lib/mail/send";
import { mailSettings } from "@/lib/mail/settings";

/** Sends a new member the link of their invitation. @returns null where no mail is set up, or there is no link */
export async function mailInvitation(
  scope: Scope<"members.write", ApplicationIds>,
  { name, email, link }: { name: string; email: string; link: MadeLink | null },
): Promise<Mailed | null> {
  if (!link || !mailSettings()) return null;
  const application = (await getApplication(scope))?.name ?? "";
  const letter = invitationLetter({ name, by: scope.actor.name, application, ...(await asMailed(link)) });
  return { to: email, problem: await sendMail({ to: email, ...letter }) };
}
