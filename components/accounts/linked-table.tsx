import { PlainForm } from "@/components/accounts/plain-form";
import { Moment } from "@/components/ui/moment";
import type { LinkedSignIn } from "@/lib/oidc/linked";

/** The providers by which one signs in, and how to unlink one. */
export function LinkedTable({ linked, now }: { linked: LinkedSignIn[]; now: Date }) {
  return (
    <ul className="flex flex-col divide-y divide-hairline rounded-md border">
      {linked.map(({ id, name, since }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2">
          <div className="min-w-0 flex-1">
            <p className="font-medium [overflow-wrap:anywhere]">{name}</p>
            <p className="text-sm text-mute">
              Linked <Moment at={since} zone="UTC" now={now} />
            </p>
          </div>
          <PlainForm path="/account/sign-ins" submitLabel="Unlink" variant="plain">
            <input type="hidden" name="linked" value={id} />
          </PlainForm>
        </li>
      ))}
    </ul>
  );
}
