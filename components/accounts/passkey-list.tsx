import { PlainForm } from "@/components/accounts/plain-form";
import { Field } from "@/components/ui/field";
import { Moment } from "@/components/ui/moment";
import { ShortList } from "@/components/ui/short-list";
import { TextInput } from "@/components/ui/text-input";
import type { OwnPasskey } from "@/lib/accounts/passkeys";

/** One's passkeys: what each is called, where it works, when it was made and used; and how to rename or remove it. */
export function PasskeyList({ passkeys, now }: { passkeys: OwnPasskey[]; now: Date }) {
  if (passkeys.length === 0) return <p>There is none yet.</p>;
  const moment = (at: Date) => <Moment at={at} zone="UTC" now={now} />;
  return (
    <ShortList
      caption="Passkeys"
      className="rounded-md border"
      rows={passkeys}
      keyOf={({ id }) => id}
      columns={[
        { title: "Name", of: (passkey) => <Name passkey={passkey} /> },
        { title: "For", of: ({ host }) => host },
        { title: "Made", of: ({ made }) => moment(made) },
        { title: "Last used", of: ({ used }) => (used ? moment(used) : "Never") },
      ]}
      acts={({ id, name }) => (
        <PlainForm path="/account/passkeys/remove" submitLabel="Remove" about={name} variant="quiet">
          <input type="hidden" name="passkey" value={id} />
        </PlainForm>
      )}
    />
  );
}

function Name({ passkey: { id, name } }: { passkey: OwnPasskey }) {
  return (
    <>
      {name}
      <details className="font-normal open:pb-2">
        <summary className="link w-fit cursor-pointer text-sm">Rename</summary>
        <PlainForm path="/account/passkeys/rename" submitLabel="Save name" variant="plain" className="mt-2">
          <input type="hidden" name="passkey" value={id} />
          <Field name="name" id={`name-${id}`} label={`New name of ${name}`}>
            <TextInput defaultValue={name} />
          </Field>
        </PlainForm>
      </details>
    </>
  );
}
