import { EmailField, PasswordField } from "@/components/accounts/fields";
import { WhomToAsk } from "@/components/accounts/forgotten-form";
import { PlainForm } from "@/components/accounts/plain-form";
import { Banner } from "@/components/ui/banner";
import { FormErrors } from "@/components/ui/form-errors";
import type { FormState } from "@/lib/accounts/state";
import { withBase } from "@/lib/base-path";

type SignInFormProps = {
  /** Where one is led to then. */
  to: string;
  /** Whether mails are sent. */
  mails: boolean;
  state: FormState;
};

/** E-mail address and password. */
export function SignInForm({ to, mails, state }: SignInFormProps) {
  return (
    <>
      {state.done && <Banner live>{state.done}</Banner>}
      <FormErrors message={state.message ?? checkFields(state)} fieldErrors={state.fields} />
      <PlainForm path="/sign-in/send" submitLabel="Sign in">
        {to !== "/" && <input type="hidden" name="to" value={to} />}
        <EmailField state={state} />
        <PasswordField state={state} name="password" label="Password" />
      </PlainForm>
      {mails ? (
        <a href={withBase("/forgotten")} className="link inline-flex min-h-6 w-fit items-center">
          Forgotten the password?
        </a>
      ) : (
        <div className="text-mute">
          Forgotten the password? <WhomToAsk />
        </div>
      )}
    </>
  );
}

function checkFields({ fields }: FormState): string | undefined {
  return Object.keys(fields).length > 0 ? "Please check:" : undefined;
}
