"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { Field } from "@/components/ui/field";
import { FormSection } from "@/components/ui/form-section";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import type { Role } from "@/lib/access/permissions";
import { inviteMemberAction } from "@/lib/members/actions";
import { inviteInput } from "@/lib/members/schema";
import { HandedLink, type MadeLink } from "./handed-link";
import { roleOptions } from "./role-words";

type InviteFormProps = {
  application: { id: number; name: string; timeZone: string };
  /** Whether mails are sent. */
  mails: boolean;
};

const blank: { name: string; email: string; role: Role } = { name: "", email: "", role: "viewer" };

/** Makes somebody a member, and shows the link by which they get in, once, in the form's place. */
export function InviteForm({ application: { id, name, timeZone }, mails }: InviteFormProps) {
  const router = useRouter();
  const members = `/applications/${id}/members`;
  const [made, setMade] = useState<MadeLink>();
  const state = useForm({
    blank,
    schema: inviteInput,
    read: (form) => ({ ...form, applicationId: id }),
    action: inviteMemberAction,
    onDone: ({ link, name: invited, entered, mail }) => {
      if (link) return setMade({ name: invited, link, mail });
      const next = entered ? "signs in as before" : "gets in by the invitation of another application";
      toast.success(`${invited} is a member now, and ${next}`);
      router.push(members);
    },
  });
  const { form, set, problems } = state;
  if (made)
    return (
      <HandedLink
        title={`${made.name} is a member of ${name} now`}
        made={made}
        zone={timeZone}
        onDone={() => router.push(members)}
      >
        By this link {made.name} chooses a password and is signed in.
      </HandedLink>
    );
  return (
    <FormFrame state={state} submitLabel="Invite" cancelPath={members}>
      <FormSection title="Person">
        <Field name="name" label="Name" error={problems.name} help="As it stands in the record of what they do.">
          <TextInput value={form.name} onChange={(event) => set("name", event.target.value)} />
        </Field>
        <Field
          name="email"
          label="E-mail address"
          error={problems.email}
          help={`They sign in by it. ${mails ? "A link is sent to it." : "Nothing is sent."}`}
        >
          <TextInput
            type="email"
            inputMode="email"
            spellCheck={false}
            autoCapitalize="none"
            value={form.email}
            onChange={(event) => set("email", event.target.value)}
          />
        </Field>
      </FormSection>
      <FormSection title="Role">
        <RadioGroup
          name="role"
          label="What they may do"
          value={form.role}
          onValueChange={(role) => set("role", role as Role)}
          options={roleOptions}
        />
      </FormSection>
    </FormFrame>
  );
}
