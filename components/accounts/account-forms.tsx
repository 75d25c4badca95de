import { EmailField, NameField, NewPasswordField, PasswordField } from "@/components/accounts/fields";
import { PlainForm } from "@/components/accounts/plain-form";
import type { FormState } from "@/lib/accounts/state";

/** What one is called, and one's address. */
export function ProfileForm({ person, state }: { person: { name: string; email: string }; state: FormState }) {
  return (
    <PlainForm path="/account/profile" submitLabel="Save">
      <NameField state={state} value={person.name} />
      <EmailField state={state} value={person.email} />
    </PlainForm>
  );
}

/** Another password, or the first. @param email for programs that keep passwords */
export function PasswordForm(props: { hasPassword: boolean; email: string; state: FormState }) {
  const { hasPassword, email, state } = props;
  return (
    <PlainForm path="/account/password" submitLabel={hasPassword ? "Change password" : "Set password"}>
      <input type="text" autoComplete="username" defaultValue={email} readOnly hidden />
      {hasPassword && <PasswordField state={state} name="current" label="Current password" />}
      <NewPasswordField state={state} label="New password" />
    </PlainForm>
  );
}
