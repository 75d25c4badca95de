import type { Mail } from "@/lib/mail/send";

type Letter = Omit<Mail, "to">;

const written = (...paragraphs: string[]): string => `${paragraphs.join("\n\n")}\n`;
const inUtc = (at: Date) => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** How long a link works, and for whom. */
const care = (expires: Date) =>
  `It works once, until ${inUtc(expires)}. Whoever opens it first gets in, so forward this mail to nobody.`;

/** A link to whoever lost access, or was never in: they asked for it, or an admin did. */
export function linkLetter({ name, address, expires }: { name: string; address: string; expires: Date }): Letter {
  return {
    subject: "A link to choose your password",
    text: written(
      `Hello ${name},`,
      "by this link you choose a password for Referrals and are signed in:",
      address,
      care(expires),
      "If you expected no such mail, leave it: nothing happens without the link.",
    ),
  };
}

/** A link to somebody who was made a member. @param by who invites them @param application its name */
export function invitationLetter(invited: {
  name: string;
  by: string;
  application: string;
  address: string;
  expires: Date;
}): Letter {
  return {
    subject: `You are a member of ${invited.application}`,
    text: written(
      `Hello ${invited.name},`,
      `${invited.by} made you a member of ${invited.application} in Referrals. By this link you choose a password and are signed in:`,
      invited.address,
      care(invited.expires),
      "If you expected no such mail, leave it: nothing happens without the link.",
    ),
  };
}

/** A note that something was changed by which somebody gets in. @param origin where this server is @param from who did it, by network */
export function changeLetter(changed: {
  name: string;
  what: "password" | "e-mail address";
  at: Date;
  from: string | null;
  origin: string;
}): Letter {
  return {
    subject: `Your ${changed.what} was changed`,
    text: written(
      `Hello ${changed.name},`,
      `the ${changed.what} of your account in Referrals (${changed.origin}) was changed on ${inUtc(changed.at)}${changed.from === null ? "" : ` from ${changed.from}`}.`,
      "If that was you, nothing is to be done. If it was not, tell whoever administers the server at once.",
    ),
  };
}
