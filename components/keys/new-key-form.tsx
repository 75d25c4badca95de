"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { createKeyAction } from "@/lib/keys/actions";
import type { MadeKey } from "@/lib/keys/commands";
import { newKeyForm, permissionsOf, readKeyForm } from "@/lib/keys/form";
import { createKeyInput } from "@/lib/keys/schema";
import type { TryCampaign } from "@/lib/keys/try-line";
import { KeySection, LimitsSection, PermissionsSection } from "./key-sections";
import { NewKey } from "./new-key";

type NewKeyFormProps = {
  application: { id: number; name: string; timeZone: string };
  campaign: TryCampaign | undefined;
};

/** Makes a key, and shows it this once in the form's place. */
export function NewKeyForm({ application: { id, name, timeZone }, campaign }: NewKeyFormProps) {
  const router = useRouter();
  const keys = `/applications/${id}/keys`;
  const [made, setMade] = useState<MadeKey>();
  const state = useForm({
    blank: newKeyForm(),
    schema: createKeyInput,
    read: (form, problems) => ({ ...readKeyForm(form, timeZone, problems), applicationId: id }),
    action: createKeyAction,
    onDone: setMade,
  });
  const { form } = state;
  if (made)
    return (
      <NewKey
        title={`“${form.name.trim()}” works from now on`}
        made={{ key: made.key, kind: form.kind, name: form.name.trim(), permissions: permissionsOf(form) }}
        campaign={campaign}
        onStored={() => router.push(keys)}
      />
    );
  return (
    <FormFrame state={state} submitLabel="Make key" cancelPath={keys}>
      <KeySection {...state} application={name} />
      <PermissionsSection {...state} />
      <LimitsSection {...state} zone={timeZone} />
    </FormFrame>
  );
}
