import { EmailField, NameField, NewPasswordField } from "@/components/accounts/fields";
import { PlainForm } from "@/components/accounts/plain-form";
import { FormErrors } from "@/components/ui/form-errors";
import type { FormState } from "@/lib/accounts/state";

/** Makes the first administrator. */
export function FirstForm({ path, state }: { path: string; state: FormState }) {
  return (
    <>
      <FormErrors message={state.message} fieldErrors={state.fields} />
      <PlainForm path={path} submitLabel="Begin">
        <NameField state={state} />
        <EmailField state={state} />
        <NewPasswordField state={state} label="Password" />
      </PlainForm>
    </>
  );
}
