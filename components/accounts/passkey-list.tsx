import { PlainForm } from "@/components/accounts/plain-form";
import { buttonClass } from "@/components/ui/button-class";
import { Field } from "@/components/ui/field";
import { Moment } from "@/components/ui/moment";
import { TextInput } from "@/components/ui/text-input";
import type { OwnPasskey } from "@/lib/accounts/passkeys";
import { withBase } from "@/lib/base-path";

/** One's passkeys: what each is called, where it works, when it was made and used; and how to rename or remove it. */
export function PasskeyList({ passkeys, now }: { passkeys: OwnPasskey[]; now: Date }) {
  if (passkeys.length === 0) return <p>There is none yet.</p>;
  return (
    <ul className="flex flex-col divide-y divide-hairline rounded-md border">
      {passkeys.map((passkey) => (
        <li key={passkey.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-3 py-2">
          <div className="min-w-0 flex-1 basis-60">
            <p className="font-medium [overflow-wrap:anywhere]">{passkey.name}</p>
            <p className="text-sm text-mute [overflow-wrap:anywhere]">
              For {passkey.host}, made <Moment at={passkey.made} zone="UTC" now={now} />,{" "}
              {passkey.used ? (
                <>
                  last used <Moment at={passkey.used} zone="UTC" now={now} />
                </>
              ) : (
                "never used"
              )}
            </p>
            <Rename passkey={passkey} />
          </div>
          <form action={withBase("/account/passkeys/remove")} method="post" className="plain">
            <input type="hidden" name="passkey" value={passkey.id} />
            <button type="submit" aria-label={`Remove ${passkey.name}`} className={buttonClass()}>
              Remove
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}

function Rename({ passkey: { id, name } }: { passkey: OwnPasskey }) {
  return (
    <details className="mt-1">
      <summary className="link w-fit cursor-pointer text-sm">Rename</summary>
      <PlainForm path="/account/passkeys/rename" submitLabel="Save name" variant="plain" className="mt-2">
        <input type="hidden" name="passkey" value={id} />
        <Field name="name" id={`name-${id}`} label={`New name of ${name}`}>
          <TextInput defaultValue={name} />
        </Field>
      </PlainForm>
    </details>
  );
}
