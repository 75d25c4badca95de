"use client";

import type { FormEvent } from "react";
import { usePasskeyExchange, usePasskeySupport } from "@/components/accounts/use-passkey";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormErrors } from "@/components/ui/form-errors";
import { TextInput } from "@/components/ui/text-input";
import type { MadePasskey } from "@/lib/accounts/schema";

/** What a device makes of its task, as the server takes it. */
async function make(options: PublicKeyCredentialCreationOptionsJSON): Promise<{ made: MadePasskey } | null> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  if (!(credential instanceof PublicKeyCredential)) return null;
  const { id, rawId, response } = credential.toJSON() as RegistrationResponseJSON;
  const { clientDataJSON, attestationObject, transports } = response;
  return {
    made: {
      ...{ id, rawId, type: "public-key", clientExtensionResults: {} },
      response: { clientDataJSON, attestationObject, transports },
    },
  };
}

type AddPasskeyProps = {
  /** The name under which the server was opened; null for an address. */
  host: string | null;
  hasPassword: boolean;
};

/** Adds a passkey of this device, or says why that cannot be done here. */
export function AddPasskey({ host, hasPassword }: AddPasskeyProps) {
  const support = usePasskeySupport();
  const { pending, failure, run } = usePasskeyExchange<PublicKeyCredentialCreationOptionsJSON>();
  if (host === null)
    return (
      <p className="max-w-prose text-pretty">
        Passkeys are for a name, and this page was opened by an address. Open it by a name of the server, such as
        referrals.example.com, or on this machine localhost.
      </p>
    );
  if (support === false)
    return (
      <p className="max-w-prose text-pretty">
        This browser makes no passkeys here. It has to be a current one, and to reach the server by https (or as
        localhost).
      </p>
    );

  function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const given = { name: String(fields.get("name")), password: String(fields.get("password") ?? "") };
    void run({ ask: "/account/passkeys/ask", given, answer: "/account/passkeys/add", device: make });
  }

  return (
    <form onSubmit={add} noValidate className="flex max-w-sm flex-col gap-4">
      <FormErrors message={failure?.message} fieldErrors={failure?.fields} />
      <Field name="name" label="Name" error={failure?.fields?.name} help="By which you know it again: “Work laptop”.">
        <TextInput />
      </Field>
      {hasPassword && (
        <Field name="password" label="Password" error={failure?.fields?.password}>
          <TextInput type="password" autoComplete="current-password" />
        </Field>
      )}
      <Button type="submit" variant="primary" pending={pending} className="self-start">
        Add passkey
      </Button>
    </form>
  );
}
