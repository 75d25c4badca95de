import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DemoForm } from "@/components/accounts/demo-form";
import { FirstForm } from "@/components/accounts/first-form";
import { ResetForm } from "@/components/accounts/reset-form";
import { BarePage } from "@/components/shell/bare-page";
import { BlankPage } from "@/components/shell/blank-page";
import { ButtonLink } from "@/components/ui/button-link";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { findLink } from "@/lib/accounts/links";
import { formState } from "@/lib/accounts/state";
import { whoeverIsThere } from "@/lib/page";
import { signInPath } from "@/lib/signed-out";

export const metadata: Metadata = { title: "Welcome", robots: { index: false } };

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ form?: string }> };

export default async function EnterPage({ params, searchParams }: Props) {
  const { token } = await params;
  const state = await formState((await searchParams).form);
  const link = await findLink(token);
  const path = `/enter/${token}`;
  if (link?.kind === "setup")
    return (
      <BarePage>
        <PageHeader
          title="Become the first administrator"
          description="This link makes one person, who can then do everything here."
        />
        <PageBody>
          <FirstForm path={`${path}/first`} state={state} />
        </PageBody>
      </BarePage>
    );
  if (link?.kind === "reset")
    return (
      <BarePage>
        <PageHeader
          title="Choose a new password"
          description="Every session of yours ends, and you are signed in here."
        />
        <PageBody>
          <ResetForm path={`${path}/password`} state={state} />
        </PageBody>
      </BarePage>
    );
  if (link?.kind === "invite")
    return (
      <BarePage>
        <PageHeader
          title="Welcome to Referrals"
          description="Somebody made you a member. Choose a password: from then on you sign in by it and the e-mail address that the invitation was for."
        />
        <PageBody>
          <ResetForm path={`${path}/password`} state={state} />
        </PageBody>
      </BarePage>
    );
  if (link?.kind === "demo")
    return (
      <BarePage>
        <PageHeader
          title="Look around in the demo"
          description="You are its administrator. A password can be set later, in your account."
        />
        <PageBody>
          <DemoForm path={`${path}/demo`} state={state} />
        </PageBody>
      </BarePage>
    );
  if (await whoeverIsThere()) redirect("/");
  return (
    <BlankPage
      title="This link lets nobody in any more"
      actions={
        <ButtonLink href={signInPath} variant="primary">
          Sign in
        </ButtonLink>
      }
    >
      <p>
        It works once, within 24 hours. An admin of your application makes a new one for you on its page Members;
        whoever has a terminal of the server makes a new one by <code className="mono">npm run sign-in-link</code>, or
        by starting it again while nobody has a password.
      </p>
    </BlankPage>
  );
}
