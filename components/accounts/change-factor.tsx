import { PasswordField } from "@/components/accounts/fields";
import { PlainForm } from "@/components/accounts/plain-form";
import { FactorFacts, type FactorState } from "@/components/accounts/second-factor-state";
import { FormSection } from "@/components/ui/form-section";
import type { FormState } from "@/lib/accounts/state";

/** What one may do with the second factor that one has. */
export function ChangeFactor({ factor, state, now }: { factor: FactorState; state: FormState; now: Date }) {
  return (
    <div>
      <FormSection title="Recovery codes" description="For when the app is not there: each of them works once.">
        <p className="max-w-prose text-pretty">
          <FactorFacts factor={factor} now={now} />
        </p>
        <PlainForm path="/account/second-factor/recovery-codes" submitLabel="Make new recovery codes">
          <PasswordField state={state} name="password" label="Password, for new recovery codes" />
        </PlainForm>
      </FormSection>
      <FormSection
        title="Take it away"
        description="Then a password is enough again, and another app can be set up. Every other session ends."
      >
        <PlainForm path="/account/second-factor/remove" submitLabel="Take second factor away" variant="danger">
          <PasswordField state={state} name="current" label="Password, to take it away" />
        </PlainForm>
      </FormSection>
    </div>
  );
}
