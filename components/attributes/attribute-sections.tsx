import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { FormSection } from "@/components/ui/form-section";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import type { AttributeForm } from "@/lib/attributes/form";
import { type AttributeType, attributeTypes, listOf, suggestionsMax } from "@/lib/attributes/rules";
import type { FieldProblems } from "@/lib/errors";
import { typeNames } from "./type-names";

type AttributeSectionsProps = {
  form: AttributeForm;
  set: <Name extends keyof AttributeForm>(name: Name, value: AttributeForm[Name]) => void;
  problems: FieldProblems;
  /** Name and type of an attribute that exists never change. */
  exists: boolean;
  zone: string;
};

const typeOptions = attributeTypes.map((type) => ({ value: type, label: typeNames[type] }));

/** The fields of an attribute. */
export function AttributeSections({ form, set, problems, exists, zone }: AttributeSectionsProps) {
  return (
    <>
      <FormSection
        title="Identity"
        description={exists ? "Codes carry it so; neither ever changes." : "Neither can be changed later."}
      >
        <Field
          name="name"
          label="Name"
          help={exists ? undefined : "As files and shops spell it, such as order_count. Letters A to Z, digits and _."}
          error={problems.name}
        >
          <TextInput mono readOnly={exists} value={form.name} onChange={(event) => set("name", event.target.value)} />
        </Field>
        <Field name="type" label="Type" error={problems.type}>
          {exists ? (
            <TextInput readOnly value={typeNames[form.type]} />
          ) : (
            <Select
              options={typeOptions}
              value={form.type}
              onChange={(event) => set("type", event.target.value as AttributeType)}
            />
          )}
        </Field>
      </FormSection>
      <FormSection title="In forms" description="How the people who edit codes meet it.">
        <Field name="title" label="Title" error={problems.title}>
          <TextInput value={form.title} onChange={(event) => set("title", event.target.value)} />
        </Field>
        <Field name="description" label="Description" optional error={problems.description}>
          <TextArea rows={2} value={form.description} onChange={(event) => set("description", event.target.value)} />
        </Field>
      </FormSection>
      {listOf(form.type) && <ValuesSection {...{ form, set, problems, exists, zone }} />}
    </>
  );
}

function ValuesSection({ form, set, problems, exists, zone }: AttributeSectionsProps) {
  const times = form.type.includes("time");
  return (
    <FormSection title="Values" description="What to choose from where a value is entered.">
      <Field
        name="suggestions"
        label={form.restricted ? "Allowed values" : "Suggested values"}
        optional={!form.restricted}
        help={`One a line, up to ${suggestionsMax}.${times ? ` Like 2027-01-31 14:30, on the clocks of ${zone}.` : ""}`}
        error={problems.suggestions}
      >
        <TextArea rows={5} value={form.suggestions} onChange={(event) => set("suggestions", event.target.value)} />
      </Field>
      <FieldGroup name="restricted" label={<span className="sr-only">Restriction</span>} error={problems.restricted}>
        <Checkbox
          name="restricted"
          label="Allow these values only"
          help={
            exists
              ? "Holds for what is entered from now on. Codes that have another value keep it."
              : "Otherwise they are suggestions, and any value can be entered."
          }
          checked={form.restricted}
          onChange={(event) => set("restricted", event.target.checked)}
        />
      </FieldGroup>
    </FormSection>
  );
}
