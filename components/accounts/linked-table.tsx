import { PlainForm } from "@/components/accounts/plain-form";
import { Moment } from "@/components/ui/moment";
import { ShortList } from "@/components/ui/short-list";
import type { LinkedSignIn } from "@/lib/oidc/linked";

/** The providers by which one signs in, and how to unlink one. */
export function LinkedTable({ linked, now }: { linked: LinkedSignIn[]; now: Date }) {
  return (
    <ShortList
      caption="Linked sign-ins"
      className="rounded-md border"
      rows={linked}
      keyOf={({ id }) => id}
      columns={[
        { title: "Provider", of: ({ name }) => name },
        { title: "Linked", of: ({ since }) => <Moment at={since} zone="UTC" now={now} /> },
      ]}
      acts={({ id, name }) => (
        <PlainForm path="/account/sign-ins" submitLabel="Unlink" about={name} variant="quiet">
          <input type="hidden" name="linked" value={id} />
        </PlainForm>
      )}
    />
  );
}
