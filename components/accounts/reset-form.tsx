import { NewPasswordField } from "@/components/accounts/fields";
import { PlainForm } from "@/components/accounts/plain-form";
import { FormErrors } from "@/components/ui/form-errors";
import type { FormState } from "@/lib/accounts/state";

/** Gives somebody who lost access a new password. */
export function ResetForm({ path, state }: { path: string; state: FormState }) {
  return (
    <>
      <FormErrors message={state.message} fieldErrors={state.fields} />
      <PlainForm path={path} submitLabel="Save and sign in">
        <NewPasswordField state={state} label="New password" />
      </PlainForm>
    </>
  );
}
