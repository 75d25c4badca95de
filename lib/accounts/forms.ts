import { after } from "next/server";
import { z } from "zod";
import { addressOf } from "@/lib/access/session-cookie";
import { signedIn } from "@/lib/access/signed-in";
import { afterwards, sendChange, sendForgotten } from "@/lib/accounts/forgotten";
import { formEndpoint } from "@/lib/accounts/form";
import { linkPath } from "@/lib/accounts/links";
import { oneself } from "@/lib/accounts/oneself";
import { changePassword, endSessions, saveProfile } from "@/lib/accounts/own";
import { addressee, enterDemo, makeFirst, resetPassword } from "@/lib/accounts/people";
import { holdMails } from "@/lib/accounts/rates";
import {
  codeInput,
  firstPersonInput,
  forgottenInput,
  passwordInput,
  profileInput,
  resetInput,
  revokeInput,
  signInInput,
} from "@/lib/accounts/schema";
import { type Entrance, enterOrAsk, signIn, signOut } from "@/lib/accounts/sign-in";
import { enterByCode } from "@/lib/accounts/sign-in-code";
import { ownPath } from "@/lib/asked-path";
import { DomainError } from "@/lib/errors";
import { mailSettings } from "@/lib/mail/settings";
import { codePath, leadingTo, signInPath } from "@/lib/signed-out";

const account = "/account";
const nothing = z.strictObject({});
const byLink = "by a link";
type Token = { token: string };
const ofLink = ({ token }: Token) => linkPath(token);

/** On to where one was going, over the page that asks for the second factor where that is due. */
function entering({ cookies, asksCode }: Entrance, to = "/") {
  return { to: asksCode ? leadingTo(codePath, to) : to, cookies };
}

/** Tells somebody by mail, once the request is answered, that something was changed by which they get in. */
function tellChange(whose: () => Promise<Parameters<typeof sendChange>[0]>, headers: Headers): void {
  if (mailSettings()) after(afterwards(async () => sendChange(await whose(), headers)));
}

/** Signs in by a password, and leads on to where one was going. */
export const signInForm = formEndpoint(
  signInInput,
  (_, { to }) => leadingTo(signInPath, ownPath(to)),
  async ({ to, ...given }, { headers }) => entering(await signIn(given, headers), ownPath(to)),
);

/** Signs in by a second factor, after the first. */
export const codeForm = formEndpoint(
  codeInput,
  (_, { to }) => leadingTo(codePath, ownPath(to)),
  async ({ to, code }, { headers }) => ({ to: ownPath(to), cookies: await enterByCode(code, headers) }),
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
export const firstForm = formEndpoint(firstPersonInput, ofLink, async (person, { headers }, { token }) =>
  entering(await enterOrAsk(await makeFirst(person, token), headers, byLink)),
);

/** Lets into the demo, by a link. */
export const demoForm = formEndpoint(nothing, ofLink, async (_, { headers }, { token }) =>
  entering(await enterOrAsk(await enterDemo(token), headers, byLink)),
);

/** Gives somebody a new password, by a link. */
export const resetForm = formEndpoint(resetInput, ofLink, async ({ password }, { headers }, { token }) => {
  const personId = await resetPassword(token, password);
  const entrance = await enterOrAsk(personId, headers, byLink);
  tellChange(async () => ({ ...(await addressee(personId)), what: "password" }), headers);
  return entering(entrance);
});

/** Sends a link to whoever forgot their password. Who asks is answered alike whether somebody has the address or not. */
export const forgottenForm = formEndpoint(
  forgottenInput,
  () => "/forgotten",
  async ({ email }, { headers }) => {
    if (!mailSettings()) throw new DomainError("feature_off", { reason: "mail_off" });
    await holdMails(email, addressOf(headers));
    after(afterwards(() => sendForgotten(email, headers)));
    return { to: signInPath, says: `If somebody here has the address ${email}, a link is on its way to it.` };
  },
);

/** Saves one's own name and address. */
export const profileForm = formEndpoint(
  profileInput,
  () => account,
  async (profile, { headers }) => {
    const somebody = await oneself();
    await saveProfile(somebody, profile);
    const { name, email: to } = somebody;
    if (profile.email !== to) tellChange(async () => ({ name, to, what: "e-mail address" }), headers);
    return { to: account, says: "Name and e-mail address are saved." };
  },
);

/** Changes one's own password. */
export const passwordForm = formEndpoint(
  passwordInput,
  () => account,
  async (given, { headers }) => {
    const somebody = await oneself();
    const cookies = await changePassword(somebody, given, headers);
    tellChange(async () => ({ name: somebody.name, to: somebody.email, what: "password" }), headers);
    return { cookies, to: account, says: "The password is saved. Every other session has ended." };
  },
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
