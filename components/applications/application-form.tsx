"use client";

import { useRouter } from "next/navigation";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { Field } from "@/components/ui/field";
import { FormSection } from "@/components/ui/form-section";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextInput } from "@/components/ui/text-input";
import { createApplicationAction } from "@/lib/applications/actions";
import { createApplicationInput } from "@/lib/applications/schema";
import type { CaseRule } from "@/lib/codes/rules";
import { TimeZoneField, useBrowserZone } from "./time-zone-field";

const caseRules: { value: CaseRule; label: string; help: string }[] = [
  {
    value: "insensitive-uppercase",
    label: "Upper case (advised)",
    help: "summer-25 and SUMMER-25 are one code, shown as SUMMER-25.",
  },
  {
    value: "insensitive-lowercase",
    label: "Lower case",
    help: "summer-25 and SUMMER-25 are one code, shown as summer-25.",
  },
  {
    value: "sensitive",
    label: "Case matters",
    help: "summer-25 and SUMMER-25 are two codes; a friend who mistypes the case is turned away.",
  },
];

/** No time zone is the browser's own. */
const blankForm: { name: string; timeZone: string | null; caseRule: string } = {
  name: "",
  timeZone: null,
  caseRule: "insensitive-uppercase",
};

/** Makes an application and leads to its campaigns. */
export function ApplicationForm({ cancelPath }: { cancelPath?: string }) {
  const router = useRouter();
  const browserZone = useBrowserZone();
  const state = useForm({
    blank: blankForm,
    schema: createApplicationInput,
    read: (form) => ({
      name: form.name,
      timeZone: form.timeZone ?? browserZone ?? "",
      caseRule: form.caseRule as CaseRule,
    }),
    action: createApplicationAction,
    onDone: ({ applicationId }) => router.push(`/applications/${applicationId}/campaigns`),
  });
  const { form, set, problems } = state;
  return (
    <FormFrame state={state} submitLabel="Create application" cancelPath={cancelPath}>
      <FormSection title="Application" description="A shop or an app. It owns campaigns, and codes are unique in it.">
        <Field name="name" label="Name" error={problems.name}>
          <TextInput value={form.name} onChange={(event) => set("name", event.target.value)} />
        </Field>
      </FormSection>
      <FormSection
        title="Clocks and codes"
        description="The time zone can be changed later; how codes treat case cannot."
      >
        <TimeZoneField
          value={form.timeZone ?? browserZone ?? ""}
          onValueChange={(timeZone) => set("timeZone", timeZone)}
          error={problems.timeZone}
        />
        <RadioGroup
          name="caseRule"
          label="Upper and lower case in codes"
          options={caseRules}
          value={form.caseRule}
          onValueChange={(caseRule) => set("caseRule", caseRule)}
          error={problems.caseRule}
        />
      </FormSection>
    </FormFrame>
  );
}
