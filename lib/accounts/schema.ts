import { z } from "zod";
import { accountSentences } from "@/lib/accounts/reasons";
import { storableProblem } from "@/lib/codes/rules";
import { textField } from "@/lib/text-field";

/** How many characters a password has. */
export const passwordLength = { min: 12, max: 128 };

/** An e-mail address, in small letters: one person has one, however they write it. */
export const emailField = z
  .string()
  .trim()
  .max(254, accountSentences.email_wrong({ reason: "email_wrong" }))
  .pipe(z.email(accountSentences.email_wrong({ reason: "email_wrong" })))
  .transform((email) => email.toLowerCase());

/** An id of a person, a session or a sign-in, as it was made here. */
export const madeId = z
  .string()
  .regex(/^[\w-]{1,100}$/, "There is nothing of this id. Open the page again to see what there is.");

/** A password somebody chooses. */
export const newPasswordField = z
  .string()
  .min(passwordLength.min, accountSentences.password_length({ reason: "password_length", ...passwordLength }))
  .max(passwordLength.max, accountSentences.password_length({ reason: "password_length", ...passwordLength }));

/** A password somebody is asked for, whatever rule it was chosen by. */
const askedPassword = z.string().min(1, "Enter the password.").max(passwordLength.max, "This is not the password.");

/** A code of six digits from an app, or a recovery code; blanks and dashes in it do not count. */
const codeField = z
  .string()
  .max(100, accountSentences.code_wrong({ reason: "code_wrong" }))
  .transform((code) => code.replace(/[\s-]/g, "").toLowerCase())
  .refine((code) => code !== "", "Enter the code.");

/** What somebody is called. */
export const personName = textField(1, 100, "A name");

/** What one signs in with, and where one was going. */
export const signInInput = z.strictObject({
  email: z
    .string()
    .trim()
    .min(1, "Enter the e-mail address.")
    .max(254, "This is no e-mail address.")
    .refine((text) => storableProblem(text) === null, "This is no e-mail address."),
  password: askedPassword,
  to: z.string().max(2000).optional(),
});

/** The first administrator. */
export const firstPersonInput = z.strictObject({ name: personName, email: emailField, password: newPasswordField });
export type FirstPerson = z.output<typeof firstPersonInput>;

/** A new password for whom a link lets in. */
export const resetInput = z.strictObject({ password: newPasswordField });

/** Whose password is to be sent a link for. */
export const forgottenInput = z.strictObject({ email: emailField });

/** What one is called, and one's address. */
export const profileInput = z.strictObject({ name: personName, email: emailField });

/** Another password; without the current one where there is none yet. */
export const passwordInput = z.strictObject({
  current: askedPassword.optional(),
  password: newPasswordField,
});

/** The second factor, and where one was going. */
export const codeInput = z.strictObject({ code: codeField, to: z.string().max(2000).optional() });

/** The first code of an app that was set up. */
export const confirmInput = z.strictObject({ code: codeField });

/** One's password, asked again before something that matters. */
export const ownPasswordInput = z.strictObject({ password: askedPassword });

/** The same, where the page asks for it twice. */
export const removeFactorInput = z.strictObject({ current: askedPassword });

/** Bytes as browsers write them in JSON. */
const bytes = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/);
const credential = { id: bytes(1400), rawId: bytes(1400), type: z.literal("public-key") };
const noExtensions = z.strictObject({});
const passkeyName = textField(1, 60, "A name");

/** What a device gives that has made a passkey. */
const madePasskey = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: bytes(8000),
    attestationObject: bytes(40_000),
    transports: z.array(z.string().regex(/^[a-z-]{1,20}$/)).max(10),
  }),
  clientExtensionResults: noExtensions,
});
export type MadePasskey = z.output<typeof madePasskey>;

/** What a device gives that lets somebody in by a passkey. */
const usedPasskey = z.strictObject({
  ...credential,
  response: z.strictObject({
    ...{ clientDataJSON: bytes(8000), authenticatorData: bytes(8000), signature: bytes(8000), userHandle: bytes(100) },
  }),
  clientExtensionResults: noExtensions,
});
export type UsedPasskey = z.output<typeof usedPasskey>;

/** A passkey that is to be made, and one's password, where one has one. */
export const newPasskeyInput = z.strictObject({ name: passkeyName, password: z.string().max(passwordLength.max) });
export const addPasskeyInput = z.strictObject({ made: madePasskey });
/** Who signs in by a passkey says nothing at first. */
export const askPasskeyInput = z.strictObject({});
export const enterPasskeyInput = z.strictObject({ used: usedPasskey, to: z.string().max(2000) });
export const renamePasskeyInput = z.strictObject({ passkey: bytes(1400), name: passkeyName });
export const removePasskeyInput = z.strictObject({ passkey: bytes(1400) });

/** Which sessions end: one, or all but this one. */
export const revokeInput = z.strictObject({ session: madeId });

/** An account of the server. */
export const accountInput = z.strictObject({ personId: madeId });
export type AccountInput = z.output<typeof accountInput>;

/** Whether somebody is to administer the server. */
export const administratorInput = z.strictObject({ personId: madeId, administrator: z.boolean() });
export type AdministratorInput = z.output<typeof administratorInput>;

/** Whether somebody is to be kept from signing in. */
export const disabledInput = z.strictObject({ personId: madeId, disabled: z.boolean() });
export type DisabledInput = z.output<typeof disabledInput>;
