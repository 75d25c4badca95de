"use client";

import { KeyRound } from "lucide-react";
import { usePasskeyExchange, usePasskeySupport } from "@/components/accounts/use-passkey";
import { Button } from "@/components/ui/button";
import { FormErrors } from "@/components/ui/form-errors";
import type { UsedPasskey } from "@/lib/accounts/schema";

/** What a device makes of its task, as the server takes it. */
async function use(options: PublicKeyCredentialRequestOptionsJSON): Promise<UsedPasskey | null> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  if (!(credential instanceof PublicKeyCredential)) return null;
  const { id, rawId, response } = credential.toJSON() as AuthenticationResponseJSON;
  const { clientDataJSON, authenticatorData, signature, userHandle = "" } = response;
  return {
    ...{ id, rawId, type: "public-key", clientExtensionResults: {} },
    response: { clientDataJSON, authenticatorData, signature, userHandle },
  };
}

/** Signs in by a passkey, where this browser can. @param to where one is led to then */
export function PasskeySignIn({ to }: { to: string }) {
  const support = usePasskeySupport();
  const { pending, failure, run } = usePasskeyExchange<PublicKeyCredentialRequestOptionsJSON>();
  if (!support) return null;

  const device = async (options: PublicKeyCredentialRequestOptionsJSON) => {
    const used = await use(options);
    return used && { used, to };
  };
  const given = {};
  return (
    <div className="flex max-w-sm flex-col items-start gap-4 border-t border-hairline pt-6">
      <FormErrors message={failure?.message} />
      <Button
        icon={<KeyRound aria-hidden="true" className="size-4" />}
        pending={pending}
        onClick={() => run({ ask: "/sign-in/passkey/ask", given, answer: "/sign-in/passkey/enter", device })}
      >
        Sign in with a passkey
      </Button>
    </div>
  );
}
