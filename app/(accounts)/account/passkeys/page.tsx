import type { Metadata } from "next";
import { headers } from "next/headers";
import { AddPasskey } from "@/components/accounts/add-passkey";
import { PasskeyList } from "@/components/accounts/passkey-list";
import { BarePage } from "@/components/shell/bare-page";
import { Banner } from "@/components/ui/banner";
import { FormErrors } from "@/components/ui/form-errors";
import { FormSection } from "@/components/ui/form-section";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { passkeyHost } from "@/lib/accounts/challenge";
import { ownAccount } from "@/lib/accounts/own";
import { ownPasskeys } from "@/lib/accounts/passkeys";
import { formState } from "@/lib/accounts/state";
import { oneself } from "@/lib/page";

export const metadata: Metadata = { title: "Passkeys" };

export default async function PasskeysPage({ searchParams }: { searchParams: Promise<{ form?: string }> }) {
  const person = await oneself();
  const state = await formState((await searchParams).form);
  const { hasPassword } = await ownAccount(person);
  return (
    <BarePage>
      <PageHeader
        title="Passkeys"
        back={{ href: "/account", label: "Account" }}
        description="A passkey signs you in by your fingerprint, face or PIN instead of a password, and takes no code besides."
      />
      <PageBody>
        {state.done && <Banner live>{state.done}</Banner>}
        <FormErrors message={state.message} fieldErrors={state.fields} />
        <div>
          <FormSection title="Your passkeys" description="Times are in UTC.">
            <PasskeyList passkeys={await ownPasskeys(person)} now={new Date()} />
          </FormSection>
          <FormSection title="Add one" description="Your device makes it, and keeps it.">
            <AddPasskey host={passkeyHost(await headers())} hasPassword={hasPassword} />
          </FormSection>
        </div>
      </PageBody>
    </BarePage>
  );
}
