import { CodeField } from "@/components/accounts/fields";
import { PlainForm } from "@/components/accounts/plain-form";
import { FormErrors } from "@/components/ui/form-errors";
import type { FormState } from "@/lib/accounts/state";
import { withBase } from "@/lib/base-path";
import { signInPath } from "@/lib/signed-out";

/** Asks for the second factor. @param to where one is led to then */
export function CodeForm({ to, state }: { to: string; state: FormState }) {
  return (
    <>
      <FormErrors
        message={state.fields.code ? "You are not signed in yet:" : state.message}
        fieldErrors={state.fields}
      />
      <PlainForm path="/sign-in/code/send" submitLabel="Sign in">
        {to !== "/" && <input type="hidden" name="to" value={to} />}
        <CodeField
          state={state}
          help="The six digits that your app shows at this moment, or one of your recovery codes."
        />
      </PlainForm>
      <p className="max-w-prose text-sm text-pretty text-mute">
        Neither the app nor a recovery code is there? Whoever administers this server takes the second factor away.
      </p>
      <a href={withBase(signInPath)} className="link inline-flex min-h-6 w-fit items-center">
        Sign in as somebody else
      </a>
    </>
  );
}
