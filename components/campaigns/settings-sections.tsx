import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { FormSection } from "@/components/ui/form-section";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import type { NewCampaignForm } from "@/lib/campaigns/form";
import type { CaseRule } from "@/lib/codes/rules";
import type { FieldProblems } from "@/lib/errors";
import { CodePreview } from "./code-preview";

/** What the forms of new and existing campaigns give the sections they share. */
type SectionProps = {
  form: NewCampaignForm;
  // a method, so that the setter of a longer form fits as well
  set<Name extends keyof NewCampaignForm>(name: Name, value: NewCampaignForm[Name]): void;
  problems: FieldProblems;
};

/** What the campaign is called; `children` follow below. */
export function NameSection({ form, set, problems, children }: SectionProps & { children?: ReactNode }) {
  return (
    <FormSection title="Campaign">
      <Field name="name" label="Name" error={problems.name}>
        <TextInput value={form.name} onChange={(event) => set("name", event.target.value)} />
      </Field>
      <Field name="description" label="Description" optional error={problems.description}>
        <TextArea rows={2} value={form.description} onChange={(event) => set("description", event.target.value)} />
      </Field>
      {children}
    </FormSection>
  );
}

/** Which features are on. */
export function FeaturesSection({ form, set }: SectionProps) {
  return (
    <FormSection title="Features" description="The pages of a feature are in the menu while it is on.">
      <FieldGroup name="referrals" label={<span className="sr-only">Features</span>}>
        <Checkbox
          name="referrals"
          label="Referrals"
          help="Codes that advocates share with friends. Switched off, the codes are kept and cannot be changed."
          checked={form.referrals}
          onChange={(event) => set("referrals", event.target.checked)}
        />
      </FieldGroup>
    </FormSection>
  );
}

/** How the campaign's generated codes look. */
export function CodesSection({ form, set, problems, caseRule }: SectionProps & { caseRule: CaseRule }) {
  return (
    <FormSection title="Referral codes" description="How new codes look. Codes that exist already stay as they are.">
      <Field
        name="codePattern"
        label="Pattern"
        help="Each # becomes one of the characters below; letters, digits and . _ % + @ - stand for themselves."
        error={problems.codePattern}
      >
        <TextInput mono value={form.codePattern} onChange={(event) => set("codePattern", event.target.value)} />
      </Field>
      <Field
        name="codeCharacters"
        label="Characters"
        help="Letters and digits, each once. Without 0, O, 1 and I, codes are easier to read aloud."
        error={problems.codeCharacters}
      >
        <TextInput mono value={form.codeCharacters} onChange={(event) => set("codeCharacters", event.target.value)} />
      </Field>
      <CodePreview pattern={form.codePattern.trim()} characters={form.codeCharacters.trim()} caseRule={caseRule} />
    </FormSection>
  );
}
