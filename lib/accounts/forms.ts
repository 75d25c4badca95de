import { z } from "zod";
import { type SignedIn, signedIn } from "@/lib/access/signed-in";
import { formEndpoint } from "@/lib/accounts/form";
import { linkPath } from "@/lib/accounts/links";
import { changePassword, endSessions, saveProfile } from "@/lib/accounts/own";
import { enterDemo, makeFirst, resetPassword } from "@/lib/accounts/people";
import {
  firstPersonInput,
  passwordInput,
  profileInput,
  resetInput,
  revokeInput,
  signInInput,
} from "@/lib/accounts/schema";
import { enterAs, signIn, signOut } from "@/lib/accounts/sign-in";
import { ownPath } from "@/lib/asked-path";
import { DomainError } from "@/lib/errors";
import { signInPath } from "@/lib/signed-out";

const account = "/account";
const nothing = z.strictObject({});
type Token = { token: string };
const ofLink = ({ token }: Token) => linkPath(token);

/** @throws DomainError `signed_out` */
async function oneself(): Promise<SignedIn> {
  const person = await signedIn();
  if (!person) throw new DomainError("signed_out", { reason: "signed_out" });
  return person;
}

function signInPage(to: string): string {
  return to === "/" ? signInPath : `${signInPath}?to=${encodeURIComponent(to)}`;
}

/** Signs in by a password, and leads on to where one was going. */
export const signInForm = formEndpoint(
  signInInput,
  (_, { to }) => signInPage(ownPath(to)),
  async ({ to, ...given }, { headers }) => ({ to: ownPath(to), cookies: await signIn(given, headers) }),
);

/** Ends this session. */
export const signOutForm = formEndpoint(
  nothing,
  () => "/",
  async (_, { headers }) => ({
    to: signInPath,
    cookies: await signOut(await signedIn(), headers),
    says: "You are signed out.",
  }),
);

/** Makes the first administrator, by a link. */
export const firstForm = formEndpoint(firstPersonInput, ofLink, async (person, { headers }, { token }) => ({
  to: "/",
  cookies: await enterAs(await makeFirst(person, token), headers),
}));

/** Lets into the demo, by a link. */
export const demoForm = formEndpoint(nothing, ofLink, async (_, { headers }, { token }) => ({
  to: "/",
  cookies: await enterAs(await enterDemo(token), headers),
}));

/** Gives somebody a new password, by a link. */
export const resetForm = formEndpoint(resetInput, ofLink, async ({ password }, { headers }, { token }) => ({
  to: "/",
  cookies: await enterAs(await resetPassword(token, password), headers),
}));

/** Saves one's own name and address. */
export const profileForm = formEndpoint(
  profileInput,
  () => account,
  async (profile) => {
    await saveProfile(await oneself(), profile);
    return { to: account, says: "Name and e-mail address are saved." };
  },
);

/** Changes one's own password. */
export const passwordForm = formEndpoint(
  passwordInput,
  () => account,
  async (given, { headers }) => ({
    cookies: await changePassword(await oneself(), given, headers),
    to: account,
    says: "The password is saved. Every other session has ended.",
  }),
);

/** Ends one of one's own sessions, or all but this one. */
export const sessionsForm = formEndpoint(
  revokeInput,
  () => account,
  async ({ session }) => {
    await endSessions(await oneself(), session === "others" ? null : session);
    return { to: account, says: session === "others" ? "Every other session has ended." : "The session has ended." };
  },
);
