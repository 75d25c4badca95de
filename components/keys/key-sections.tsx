import { Checkbox } from "@/components/ui/checkbox";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { FormSection } from "@/components/ui/form-section";
import { NumberInput } from "@/components/ui/number-input";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextInput } from "@/components/ui/text-input";
import type { FieldProblems } from "@/lib/errors";
import { formatNumber } from "@/lib/format";
import type { KeyForm } from "@/lib/keys/form";
import { grantable, heldOf, keyKinds, permissionWords, perSecondMax } from "@/lib/keys/rules";
import { asLabel } from "@/lib/words";
import { kindWords } from "./kind-words";

type SectionProps = {
  form: KeyForm;
  set: <Name extends keyof KeyForm>(name: Name, value: KeyForm[Name]) => void;
  problems: FieldProblems;
};

/** What the key is for and what it is called. */
export function KeySection({ form, set, problems, application }: SectionProps & { application: string }) {
  return (
    <FormSection title="Key" description={`It reaches ${application} and no other application.`}>
      <RadioGroup
        name="kind"
        label="Kind"
        options={keyKinds.map((kind) => ({ value: kind, ...kindWords[kind] }))}
        value={form.kind}
        onValueChange={(kind) => set("kind", kind as KeyForm["kind"])}
        error={problems.kind}
      />
      <Field
        name="name"
        label="Name"
        help="Which program sends it, such as Web shop. What it does is recorded under this name."
        error={problems.name}
      >
        <TextInput value={form.name} onChange={(event) => set("name", event.target.value)} />
      </Field>
    </FormSection>
  );
}

/** What the key may do: of a management key to be chosen, of an integration key to be read. */
export function PermissionsSection({ form, set, problems }: SectionProps) {
  const can = grantable(form.kind);
  if (form.kind === "integration")
    return (
      <FormSection title="What it may do">
        <ul className="list-disc pl-4">
          {can.map((one) => (
            <li key={one}>{asLabel(permissionWords(one))}</li>
          ))}
        </ul>
      </FormSection>
    );
  const held = heldOf(form.kind, form.permissions);
  return (
    <FormSection title="What it may do" description="Leave out what the program does not need.">
      <FieldGroup
        name="permissions"
        label={<span className="sr-only">What it may do</span>}
        error={problems.permissions}
      >
        {can.map((one) => {
          const others = form.permissions.filter((other) => other !== one);
          const included = heldOf(form.kind, others).includes(one);
          return (
            <Checkbox
              key={one}
              label={asLabel(permissionWords(one))}
              help={included && "Comes with what is ticked besides."}
              disabled={included}
              checked={held.includes(one)}
              onChange={(event) =>
                set("permissions", event.target.checked ? heldOf(form.kind, [...others, one]) : others)
              }
            />
          );
        })}
      </FieldGroup>
    </FormSection>
  );
}

/** How long and how often it may be used. */
export function LimitsSection({ form, set, problems, zone }: SectionProps & { zone: string }) {
  return (
    <FormSection title="Limits" description={`Dates are on the clocks of ${zone}.`}>
      <div className="flex flex-col gap-2">
        <RadioGroup
          name="end"
          label="It works"
          options={[
            { value: "none", label: "Until it is revoked" },
            { value: "date", label: "Until a date" },
          ]}
          value={form.end}
          onValueChange={(end) => set("end", end as KeyForm["end"])}
        />
        {form.end === "date" && (
          <DateTimeField
            name="expires"
            label="Until"
            hideLabel
            zone={zone}
            bound="end"
            verb="Works"
            value={form.expires}
            onValueChange={(text) => set("expires", text)}
            error={problems.expires}
            className="max-w-72"
          />
        )}
      </div>
      <Field
        name="perSecond"
        label="Requests a second"
        help={`1 to ${formatNumber(perSecondMax)}. What goes beyond is refused with 429 and told when to come again.`}
        error={problems.perSecond}
      >
        <NumberInput
          className="max-w-56"
          value={form.perSecond}
          onChange={(event) => set("perSecond", event.target.value)}
        />
      </Field>
    </FormSection>
  );
}
