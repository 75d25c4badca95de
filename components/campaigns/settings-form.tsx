"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { FormErrors } from "@/components/ui/form-errors";
import { FormSection } from "@/components/ui/form-section";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import type { Campaign } from "@/lib/campaigns/queries";
import { CodePreview } from "./code-preview";
import { StaleNotice } from "./stale-notice";
import { useSettings } from "./use-settings";

const states = [
  { value: "enabled", label: "Enabled", help: "Codes can be redeemed while the schedule allows it." },
  { value: "disabled", label: "Disabled", help: "Nothing can be redeemed until it is enabled again." },
  { value: "archived", label: "Archived", help: "Over and done with; kept to look things up." },
];

/** The settings of a campaign. Keeps what was typed whatever happens to the save. */
export function SettingsForm({ campaign }: { campaign: Campaign }) {
  const { form, set, save, pending, refusal, stale, dirty, discard } = useSettings(campaign);
  const { timeZone, caseRule } = campaign.application;
  const problems = refusal?.fields ?? {};
  useLeaveWarning(dirty);

  return (
    <form
      noValidate
      className="flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) save();
      }}
    >
      <FormErrors message={refusal?.message} fieldErrors={refusal?.fields} />
      {stale && <StaleNotice stale={stale} />}
      <FormSection title="Campaign">
        <Field name="name" label="Name" error={problems.name}>
          <TextInput value={form.name} onChange={(event) => set("name", event.target.value)} />
        </Field>
        <Field name="description" label="Description" optional error={problems.description}>
          <TextArea rows={2} value={form.description} onChange={(event) => set("description", event.target.value)} />
        </Field>
        <RadioGroup
          name="state"
          label="State"
          options={states}
          value={form.state}
          onValueChange={(state) => set("state", state)}
          error={problems.state}
        />
      </FormSection>
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
          help="What a # can become. Without 0, O, 1 and I, codes are easier to read aloud."
          error={problems.codeCharacters}
        >
          <TextInput mono value={form.codeCharacters} onChange={(event) => set("codeCharacters", event.target.value)} />
        </Field>
        <CodePreview pattern={form.codePattern.trim()} characters={form.codeCharacters.trim()} caseRule={caseRule} />
      </FormSection>
      <FormSection
        title="Schedule"
        description={`When codes can be redeemed, on the clocks of ${timeZone}. The time zone belongs to the application.`}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <DateTimeField
            name="startTime"
            label="Starts"
            zone={timeZone}
            bound="start"
            verb="Runs"
            emptyText="No start: runs as soon as it is enabled."
            value={form.startTime}
            onValueChange={(text) => set("startTime", text)}
            error={problems.startTime}
          />
          <DateTimeField
            name="endTime"
            label="Ends"
            zone={timeZone}
            bound="end"
            verb="Runs"
            emptyText="No end: runs until it is disabled."
            value={form.endTime}
            onValueChange={(text) => set("endTime", text)}
            error={problems.endTime}
          />
        </div>
      </FormSection>
      <div className="sticky bottom-0 -mx-4 flex items-center gap-2 border-t bg-ground px-4 py-3 sm:-mx-6 sm:px-6">
        <Button type="submit" variant="primary" pending={pending}>
          Save settings
        </Button>
        {dirty && !pending && (
          <Button variant="quiet" onClick={discard}>
            Discard changes
          </Button>
        )}
      </div>
    </form>
  );
}
