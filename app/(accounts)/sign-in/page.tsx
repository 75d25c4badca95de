import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { PasskeySignIn } from "@/components/accounts/passkey-sign-in";
import { ProviderForm } from "@/components/accounts/provider-form";
import { SignInForm } from "@/components/accounts/sign-in-form";
import { BarePage } from "@/components/shell/bare-page";
import { FormErrors } from "@/components/ui/form-errors";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { passkeyHost } from "@/lib/accounts/challenge";
import { waysToSignIn } from "@/lib/accounts/people";
import { formState } from "@/lib/accounts/state";
import { ownPath } from "@/lib/asked-path";
import { mailSettings } from "@/lib/mail/settings";
import { oidcSettings } from "@/lib/oidc/settings";
import { whoeverIsThere } from "@/lib/page";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ to?: string; form?: string }> }) {
  const { to, form } = await searchParams;
  const path = ownPath(typeof to === "string" ? to : null);
  if (await whoeverIsThere()) redirect(path);
  const state = await formState(form);
  const provider = oidcSettings();
  const { password, passkey } = await waysToSignIn();
  const byPasskey = (password || passkey) && passkeyHost(await headers()) !== null;
  return (
    <BarePage narrow>
      <PageHeader title="Sign in" />
      <PageBody>
        {password ? (
          <SignInForm to={path} mails={mailSettings() !== null} state={state} />
        ) : (
          <>
            <FormErrors message={state.message} />
            <p className="max-w-prose text-pretty">
              Nobody has a password here yet. Open the link that the terminal showed when the server was started, or let{" "}
              <code className="mono">npm run sign-in-link</code> make a new one there.
            </p>
          </>
        )}
        {byPasskey && <PasskeySignIn to={path} />}
        {provider && <ProviderForm name={provider.name} to={path} />}
      </PageBody>
    </BarePage>
  );
}
