import type { Metadata } from "next";
import { headers } from "next/headers";
import { AddPasskey } from "@/components/accounts/add-passkey";
import { OwnPage } from "@/components/accounts/own-page";
import { PasskeyList } from "@/components/accounts/passkey-list";
import { FormSection } from "@/components/ui/form-section";
import { passkeyHost } from "@/lib/accounts/challenge";
import { ownAccount } from "@/lib/accounts/own";
import { ownPasskeys } from "@/lib/accounts/passkeys";
import { oneself } from "@/lib/page";

export const metadata: Metadata = { title: "Passkeys" };

export default async function PasskeysPage({ searchParams }: { searchParams: Promise<{ form?: string }> }) {
  const { person, state } = await oneself(searchParams);
  const { hasPassword } = await ownAccount(person);
  return (
    <OwnPage
      state={state}
      title="Passkeys"
      back={{ href: "/account", label: "Account" }}
      description="A passkey signs you in by your fingerprint, face or PIN instead of a password, and takes no code besides."
    >
      <div>
        <FormSection title="Your passkeys" description="Times are in UTC.">
          <PasskeyList passkeys={await ownPasskeys(person)} now={new Date()} />
        </FormSection>
        <FormSection title="Add one" description="Your device makes it, and keeps it.">
          <AddPasskey host={passkeyHost(await headers())} hasPassword={hasPassword} />
        </FormSection>
      </div>
    </OwnPage>
  );
}
