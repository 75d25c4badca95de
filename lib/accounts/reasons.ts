import type { Sentences } from "@/lib/say";

/** Why somebody does not get in, or their account is not changed. */
export type AccountReason =
  | { reason: "sign_in_wrong" }
  | { reason: "sign_in_often"; seconds: number }
  | { reason: "sign_in_busy" }
  | { reason: "mail_off" }
  | { reason: "mail_often"; minutes: number }
  | { reason: "email_wrong" }
  | { reason: "email_taken"; email: string }
  | { reason: "password_length"; min: number; max: number }
  | { reason: "password_wrong" }
  | { reason: "link_over" }
  | { reason: "code_wrong" }
  | { reason: "code_over" }
  | { reason: "setup_over" }
  | { reason: "second_factor_there" }
  | { reason: "second_factor_none" }
  | { reason: "passkey_host" }
  | { reason: "passkey_wrong" }
  | { reason: "passkey_there" }
  | { reason: "passkey_unknown" }
  | { reason: "passkeys_full"; most: number }
  | { reason: "challenge_over" }
  | { reason: "person_unknown"; email: string }
  | { reason: "person_exists" }
  | { reason: "account_unknown" }
  | { reason: "account_own" }
  | { reason: "factor_own" }
  | { reason: "account_disabled"; name: string }
  | { reason: "administrator_last"; name: string };

export const accountSentences: Sentences<AccountReason> = {
  sign_in_wrong: () => "This e-mail address and password do not go together. Check both and try again.",
  sign_in_often: ({ seconds }) => `There were too many tries. Try again in ${seconds} s.`,
  sign_in_busy: () => "Too many people are signing in at this moment. Try again in a few seconds.",
  mail_off: () =>
    "This server sends no mails. An admin of your application can make a link for you on its page Members.",
  mail_often: ({ minutes }) => `Links were asked for too often. Try again in ${minutes} min.`,
  email_wrong: () => "This is no e-mail address; write one such as maria@example.com.",
  email_taken: ({ email }) => `Somebody else has the address ${email}.`,
  password_length: ({ min, max }) => `A password has ${min} to ${max} characters.`,
  password_wrong: () => "This is not the current password.",
  code_wrong: () => "This code is wrong, or was used already. Wait for the next one, or give a recovery code.",
  code_over: () => "Too much time has passed, or the password was changed meanwhile. Sign in again.",
  setup_over: () => "Too much time has passed, so there is another secret now. Begin again.",
  second_factor_there: () => "There is a second factor already. Take it away first, then set up the new one.",
  second_factor_none: () => "There is no second factor any more, so nothing was changed.",
  passkey_host: () =>
    "Passkeys are for a name such as referrals.example.com, and this server was opened by its address. Open it by a name.",
  passkey_wrong: () =>
    "This passkey is not known here, or did not answer what was asked. Try again, or use the password.",
  passkey_there: () => "This passkey is here already.",
  passkey_unknown: () => "This passkey is gone. Reload the page to see which there are.",
  passkeys_full: ({ most }) => `You have ${most} passkeys, which is as many as one can have. Remove one first.`,
  challenge_over: () => "Too much time has passed, or this was answered already. Try again.",
  link_over: () =>
    "This link is over: it was used already, its time has passed, or something was changed since it was made.",
  person_unknown: ({ email }) => `Nobody here has the address ${email}.`,
  person_exists: () => "There is somebody already who can sign in, so this link makes nobody the first.",
  account_unknown: () => "This account is not there. Open the page again to see those that are.",
  factor_own: () => "This is your own second factor. Take it away on your page Account.",
  account_own: () => "This is your own account. Another administrator can disable it.",
  account_disabled: ({ name }) => `The account of ${name} is disabled. Who administers the server can enable it again.`,
  administrator_last: ({ name }) =>
    `${name} is the only one who administers the server. Make somebody else an administrator first, then try again.`,
};
