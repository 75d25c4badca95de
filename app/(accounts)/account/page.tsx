import type { Metadata } from "next";
import { PasswordForm, ProfileForm } from "@/components/accounts/account-forms";
import { LinkedTable } from "@/components/accounts/linked-table";
import { OwnPage } from "@/components/accounts/own-page";
import { PasskeyNames } from "@/components/accounts/passkey-names";
import { SecondFactorState } from "@/components/accounts/second-factor-state";
import { SessionTable } from "@/components/accounts/session-table";
import { SignOut } from "@/components/accounts/sign-out";
import { FormSection } from "@/components/ui/form-section";
import { ownAccount } from "@/lib/accounts/own";
import { ownPasskeys } from "@/lib/accounts/passkeys";
import { ownSecondFactor } from "@/lib/accounts/second-factor";
import { linkedSignIns } from "@/lib/oidc/linked";
import { oneself } from "@/lib/page";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage({ searchParams }: { searchParams: Promise<{ form?: string }> }) {
  const { person, state } = await oneself(searchParams);
  const [{ sessions, hasPassword }, linked] = await Promise.all([ownAccount(person), linkedSignIns(person)]);
  return (
    <OwnPage state={state} title="Account" back={{ href: "/", label: "Campaigns" }} actions={<SignOut button />}>
      <div>
        <FormSection title="You">
          <ProfileForm person={person} state={state} />
        </FormSection>
        <FormSection
          title="Password"
          description={
            hasPassword ? "Changing it ends every other session." : "There is none yet; with one you sign in by it too."
          }
        >
          <PasswordForm hasPassword={hasPassword} email={person.email} state={state} />
        </FormSection>
        <FormSection title="Second factor" description="A code that is asked for after the password.">
          <SecondFactorState factor={await ownSecondFactor(person)} now={new Date()} />
        </FormSection>
        <FormSection title="Passkeys" description="Fingerprint, face or PIN of a device, instead of the password.">
          <PasskeyNames names={(await ownPasskeys(person)).map(({ name }) => name)} />
        </FormSection>
        {linked.length > 0 && (
          <FormSection title="Linked sign-ins" description="By these you sign in without a password.">
            <LinkedTable linked={linked} now={new Date()} />
          </FormSection>
        )}
        <FormSection title="Sessions" description="Browsers in which you are signed in. Times are in UTC.">
          <SessionTable sessions={sessions} now={new Date()} />
        </FormSection>
      </div>
    </OwnPage>
  );
}
