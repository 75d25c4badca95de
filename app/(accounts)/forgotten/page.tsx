import type { Metadata } from "next";
import { ForgottenForm, WhomToAsk } from "@/components/accounts/forgotten-form";
import { BarePage } from "@/components/shell/bare-page";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { formState } from "@/lib/accounts/state";
import { mailSettings } from "@/lib/mail/settings";
import { signInPath } from "@/lib/signed-out";

export const metadata: Metadata = { title: "Forgotten password" };

export default async function ForgottenPage({ searchParams }: { searchParams: Promise<{ form?: string }> }) {
  const { form } = await searchParams;
  return (
    <BarePage narrow>
      <PageHeader
        title="Forgotten password"
        description={mailSettings() ? "By the link that you are sent you choose a new password." : undefined}
        back={{ href: signInPath, label: "Sign in" }}
      />
      <PageBody>{mailSettings() ? <ForgottenForm state={await formState(form)} /> : <WhomToAsk />}</PageBody>
    </BarePage>
  );
}
