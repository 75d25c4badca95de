import { EmailField, PasswordField } from "@/components/accounts/fields";
import { PlainForm } from "@/components/accounts/plain-form";
import { Banner } from "@/components/ui/banner";
import { FormErrors } from "@/components/ui/form-errors";
import type { FormState } from "@/lib/accounts/state";

/** E-mail address and password. @param to where one is led to then */
export function SignInForm({ to, state }: { to: string; state: FormState }) {
  return (
    <>
      {state.done && <Banner live>{state.done}</Banner>}
      <FormErrors message={state.message ?? checkFields(state)} fieldErrors={state.fields} />
      <PlainForm path="/sign-in/send" submitLabel="Sign in">
        {to !== "/" && <input type="hidden" name="to" value={to} />}
        <EmailField state={state} />
        <PasswordField state={state} name="password" label="Password" />
      </PlainForm>
    </>
  );
}

function checkFields({ fields }: FormState): string | undefined {
  return Object.keys(fields).length > 0 ? "Please check:" : undefined;
}
