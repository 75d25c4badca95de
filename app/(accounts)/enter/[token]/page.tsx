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

/** What each kind of link is for, and the form by which it lets somebody in. */
const kinds = {
  setup: {
    title: "Become the first administrator",
    description: "This link makes one person, who can then do everything here.",
    form: "first",
    Form: FirstForm,
  },
  reset: {
    title: "Choose a new password",
    description: "Every session of yours ends, and you are signed in here.",
    form: "password",
    Form: ResetForm,
  },
  invite: {
    title: "Welcome to Referrals",
    description:
      "Somebody made you a member. Choose a password: from then on you sign in by it and the e-mail address that the invitation was for.",
    form: "password",
    Form: ResetForm,
  },
  demo: {
    title: "Look around in the demo",
    description: "You are its administrator. A password can be set later, in your account.",
    form: "demo",
    Form: DemoForm,
  },
};

export default async function EnterPage({ params, searchParams }: Props) {
  const { token } = await params;
  const state = await formState((await searchParams).form);
  const link = await findLink(token);
  if (link) {
    const { title, description, form, Form } = kinds[link.kind];
    return (
      <BarePage narrow>
        <PageHeader title={title} description={description} />
        <PageBody>
          <Form path={`/enter/${token}/${form}`} state={state} />
        </PageBody>
      </BarePage>
    );
  }
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
        It works once, within 24 hours, and only until the password or the address is changed. An admin of your
        application makes a new one for you on its page Members; whoever has a terminal of the server makes a new one by{" "}
        <code className="mono">npm run sign-in-link</code>, or by starting it again while nobody has a password.
      </p>
    </BlankPage>
  );
}
