import { z } from "zod";
import { formEndpoint, seeOther, showing } from "@/lib/accounts/form";
import { oneself } from "@/lib/accounts/oneself";
import { madeId } from "@/lib/accounts/schema";
import { ownPath } from "@/lib/asked-path";
import { withBase } from "@/lib/base-path";
import { DomainError } from "@/lib/errors";
import { failureOf } from "@/lib/failure";
import { attemptOf, forgetAttempt, keepAttempt } from "@/lib/oidc/attempt";
import { enterByIdentity } from "@/lib/oidc/enter";
import { unlinkSignIn } from "@/lib/oidc/linked";
import { beginAt, finishAt } from "@/lib/oidc/provider";
import { type OidcSettings, oidcSettings } from "@/lib/oidc/settings";
import { leadingTo, signInPath } from "@/lib/signed-out";

const account = "/account";
const beginInput = z.strictObject({ to: z.string().max(2000).optional() });
const unlinkInput = z.strictObject({ linked: madeId });

/** @throws DomainError `feature_off` */
function provider(): OidcSettings {
  const settings = oidcSettings();
  if (!settings) throw new DomainError("feature_off", { reason: "oidc_off" });
  return settings;
}

/** Begins a sign-in at the provider, and leads there. It leads back to where it was begun: its form's origin, which was proven. */
export const oidcForm = formEndpoint(
  beginInput,
  (_, { to }) => leadingTo(signInPath, ownPath(to)),
  async ({ to }, { headers }) => {
    const settings = provider();
    const redirectUri = new URL(withBase("/sign-in/oidc/callback"), headers.get("origin") ?? "").href;
    const { url, held } = await beginAt(settings, redirectUri);
    const attempt = { ...held, redirectUri, to: ownPath(to) };
    return { elsewhere: url, cookies: [await keepAttempt(attempt, headers)] };
  },
);

/** Ends a sign-in that this browser began, where the provider leads back to; what goes wrong is said on the sign-in page. */
export async function oidcCallback({ headers, url }: Request): Promise<Response> {
  const attempt = await attemptOf(headers);
  const { search, searchParams } = new URL(url);
  // Another state is of another attempt, and uses this one not up.
  const own = attempt !== null && searchParams.get("state") === attempt.state ? attempt : null;
  const used = own ? [forgetAttempt(headers)] : [];
  try {
    const settings = provider();
    if (!own) throw new DomainError("forbidden", { reason: "oidc_over", name: settings.name });
    const cookies = await enterByIdentity(await finishAt(settings, own, search), settings, headers);
    return seeOther(own.to, [...cookies, ...used]);
  } catch (error) {
    return showing({ message: failureOf(error).message }, leadingTo(signInPath, attempt?.to ?? "/"), headers, used);
  }
}

/** Unlinks a provider's sign-in from one's own account. */
export const unlinkForm = formEndpoint(
  unlinkInput,
  () => account,
  async ({ linked }) => ({
    says: `${await unlinkSignIn(await oneself(), linked)} does not sign you in any more.`,
    to: account,
  }),
);
