import { prismaAdapter } from "better-auth/adapters/prisma";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { betterAuth } from "better-auth/minimal";
import { z } from "zod";
import { signingSecret } from "@/lib/access/secret";
import { sessionCookieName } from "@/lib/access/session-cookie";
import { passwordLength } from "@/lib/accounts/schema";
import { accountDatabase } from "@/lib/accounts/storage";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";

/** How long somebody stays signed in at most, in seconds; who does nothing is signed out before (lib/access/signed-in.ts). */
const longest = 7 * 24 * 60 * 60;

/** Signs in whoever proved who they are. Not reachable from outside: better-auth answers no request of its own here. */
const entering = {
  id: "entering",
  endpoints: {
    enterAs: createAuthEndpoint.serverOnly(
      { method: "POST", body: z.strictObject({ personId: z.string() }) },
      async (context) => {
        const { internalAdapter } = context.context;
        const user = await internalAdapter.findUserById(context.body.personId);
        if (!user) throw new Error("who is let in is not there");
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(context, { session, user });
        return context.json({});
      },
    ),
  },
};

/** Whatever somebody gets in by, a session begins here. @throws DomainError `forbidden` for a disabled account */
async function refuseDisabled(personId: string): Promise<void> {
  const person = await db.person.findUnique({ where: { id: personId }, select: { name: true, disabled: true } });
  if (person?.disabled) throw new DomainError("forbidden", { reason: "account_disabled", name: person.name });
}

async function make(secure: boolean) {
  return betterAuth({
    appName: "Referrals",
    baseURL: "http://referrals.invalid", // answers nothing itself, so it needs no address
    secret: await signingSecret(),
    telemetry: { enabled: false },
    logger: { log: (level, message) => log[level === "error" ? "error" : "debug"]({ from: "better-auth" }, message) },
    database: prismaAdapter(accountDatabase(), { provider: "postgresql", transaction: true }),
    rateLimit: { enabled: false }, // lib/accounts/rates.ts, which holds over several processes
    user: {
      modelName: "person",
      additionalFields: { administrator: { type: "boolean", required: false, defaultValue: false, input: false } },
    },
    session: {
      modelName: "personSession",
      fields: { userId: "personId" },
      expiresIn: longest,
      disableSessionRefresh: true,
    },
    databaseHooks: {
      session: { create: { before: async ({ userId }) => refuseDisabled(userId) } },
    },
    account: { modelName: "credential", fields: { userId: "personId" } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    advanced: {
      cookiePrefix: "referrals",
      useSecureCookies: false, // would call them __Secure-; the name and the attribute are set here
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/", secure },
      cookies: { session_token: { name: sessionCookieName(secure), attributes: { secure } } },
    },
    plugins: [entering],
  });
}

type Auth = Awaited<ReturnType<typeof make>>;
const made = new Map<boolean, Promise<Auth>>();

/** better-auth, for browsers over TLS or without; one of each for the process, made when it is first needed. */
export function accounts(secure: boolean): Promise<Auth> {
  const before = made.get(secure);
  if (before) return before;
  const now = make(secure).catch((error) => {
    made.delete(secure);
    throw error;
  });
  made.set(secure, now);
  return now;
}
