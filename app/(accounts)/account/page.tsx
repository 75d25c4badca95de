import type { Metadata } from "next";
import { PasswordForm, ProfileForm } from "@/components/accounts/account-forms";
import { LinkedTable } from "@/components/accounts/linked-table";
import { PasskeyNames } from "@/components/accounts/passkey-names";
import { SecondFactorState } from "@/components/accounts/second-factor-state";
import { SessionTable } from "@/components/accounts/session-table";
import { SignOut } from "@/components/accounts/sign-out";
import { BarePage } from "@/components/shell/bare-page";
import { Banner } from "@/components/ui/banner";
import { FormErrors } from "@/components/ui/form-errors";
import { FormSection } from "@/components/ui/form-section";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { ownAccount } from "@/lib/accounts/own";
import { ownPasskeys } from "@/lib/accounts/passkeys";
import { ownSecondFactor } from "@/lib/accounts/second-factor";
import { formState } from "@/lib/accounts/state";
import { linkedSignIns } from "@/lib/oidc/linked";
import { oneself } from "@/lib/page";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage({ searchParams }: { searchParams: Promise<{ form?: string }> }) {
  const person = await oneself();
  const state = await formState((await searchParams).form);
  const [{ sessions, hasPassword }, linked] = await Promise.all([ownAccount(person), linkedSignIns(person)]);
  return (
    <BarePage>
      <PageHeader title="Account" back={{ href: "/", label: "Campaigns" }} actions={<SignOut button />} />
      <PageBody>
        {state.done && <Banner live>{state.done}</Banner>}
        <FormErrors message={state.message} fieldErrors={state.fields} />
        <div>
          <FormSection title="You">
            <ProfileForm person={person} state={state} />
          </FormSection>
          <FormSection
            title="Password"
            description={
              hasPassword
                ? "Changing it ends every other session."
                : "There is none yet; with one you sign in by it too."
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
      </PageBody>
    </BarePage>
  );
}
