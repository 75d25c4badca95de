import { EmailField } from "@/components/accounts/fields";
import { PlainForm } from "@/components/accounts/plain-form";
import { FormErrors } from "@/components/ui/form-errors";
import type { FormState } from "@/lib/accounts/state";

/** Asks for a link by mail. */
export function ForgottenForm({ state }: { state: FormState }) {
  return (
    <>
      <FormErrors message={state.fields.email ? "No link was sent yet:" : state.message} fieldErrors={state.fields} />
      <PlainForm path="/forgotten/send" submitLabel="Send a link">
        <EmailField state={state} />
      </PlainForm>
    </>
  );
}

/** Whom one asks for a new password where no mails are sent. */
export function WhomToAsk() {
  return (
    <p className="max-w-prose text-pretty">
      An admin of your application makes a link for you on its page Members, by which you choose a new password. Whoever
      has a terminal of the server makes one by <code className="mono">npm run sign-in-link</code>.
    </p>
  );
}
