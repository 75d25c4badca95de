import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { passwordLength } from "@/lib/accounts/schema";
import type { FormState } from "@/lib/accounts/state";

type Props = { state: FormState; value?: string };

/** What somebody is called. */
export function NameField({ state, value = "" }: Props) {
  return (
    <Field name="name" label="Name" error={state.fields.name}>
      <TextInput autoComplete="name" defaultValue={state.typed.name ?? value} />
    </Field>
  );
}

/** The address that somebody signs in with. */
export function EmailField({ state, value = "" }: Props) {
  return (
    <Field name="email" label="E-mail address" error={state.fields.email}>
      <TextInput type="email" autoComplete="username" spellCheck={false} defaultValue={state.typed.email ?? value} />
    </Field>
  );
}

/** The password somebody has. */
export function PasswordField({ state, name, label }: { state: FormState; name: string; label: string }) {
  return (
    <Field name={name} label={label} error={state.fields[name]}>
      <TextInput type="password" autoComplete="current-password" />
    </Field>
  );
}

/** A code of a second factor. */
export function CodeField({ state, help }: { state: FormState; help: string }) {
  return (
    <Field name="code" label="Code" error={state.fields.code} help={help}>
      <TextInput mono autoComplete="one-time-code" autoCapitalize="none" />
    </Field>
  );
}

/** A password somebody chooses. */
export function NewPasswordField({ state, label }: { state: FormState; label: string }) {
  const { min, max } = passwordLength;
  return (
    <Field
      name="password"
      label={label}
      error={state.fields.password}
      help={`${min} to ${max} characters; several words are good.`}
    >
      <TextInput type="password" autoComplete="new-password" />
    </Field>
  );
}
