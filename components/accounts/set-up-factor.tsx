import { CodeField, PasswordField } from "@/components/accounts/fields";
import { PlainForm } from "@/components/accounts/plain-form";
import { ButtonLink } from "@/components/ui/button-link";
import { FormSection } from "@/components/ui/form-section";
import { CopyBox } from "@/components/ui/shown-once";
import type { FormState } from "@/lib/accounts/state";

/** Begins to set up a second factor, where there is a password beside which it can be asked for. */
export function BeginFactor({ hasPassword, state }: { hasPassword: boolean; state: FormState }) {
  if (!hasPassword)
    return (
      <>
        <p className="max-w-prose text-pretty">
          You have no password yet, beside which a second factor could be asked for. Set one first.
        </p>
        <ButtonLink href="/account" variant="primary" className="self-start">
          Set a password
        </ButtonLink>
      </>
    );
  return (
    <PlainForm path="/account/second-factor/begin" submitLabel="Set up second factor">
      <PasswordField state={state} name="password" label="Password" />
    </PlainForm>
  );
}

type ConfirmProps = { secret: string; address: string; picture: string; state: FormState };

/** Shows the secret that an app is to have, and asks for the first code that it makes. @param picture the QR code, as the address of an image */
export function ConfirmFactor({ secret, address, picture, state }: ConfirmProps) {
  const readable = secret.match(/.{1,4}/g)?.join(" ") ?? secret;
  return (
    <div>
      <FormSection
        title="1. Tell the app"
        description="Any app for one-time codes (TOTP) does, and many programs that keep passwords."
      >
        {/* biome-ignore lint/performance/noImgElement: it is made for this page alone */}
        <img
          src={picture}
          alt="QR code that holds the secret below"
          width={208}
          height={208}
          className="rounded-md border"
        />
        <p className="max-w-prose text-pretty">
          Scan the picture,{" "}
          <a href={address} className="link">
            open the app of this device
          </a>
          , or type the secret there:
        </p>
        <CopyBox value={secret} label="secret">
          <span className="mono">{readable}</span>
        </CopyBox>
      </FormSection>
      <FormSection title="2. Give its code" description="From then on it is asked for, and every other session ends.">
        <PlainForm path="/account/second-factor/confirm" submitLabel="Confirm">
          <CodeField state={state} help="The six digits that the app shows at this moment. You have ten minutes." />
        </PlainForm>
      </FormSection>
    </div>
  );
}
