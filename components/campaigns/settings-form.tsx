"use client";

import { Button } from "@/components/ui/button";
import { DateTimeField } from "@/components/ui/date-time-field";
import { FormBar } from "@/components/ui/form-bar";
import { FormErrors } from "@/components/ui/form-errors";
import { FormSection } from "@/components/ui/form-section";
import { RadioGroup } from "@/components/ui/radio-group";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import type { Campaign } from "@/lib/campaigns/queries";
import { CodesSection, FeaturesSection, NameSection } from "./settings-sections";
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
  const part = { form, set, problems };

  return (
    <form
      noValidate
      autoComplete="off"
      className="flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) save();
      }}
    >
      <FormErrors message={refusal?.message} fieldErrors={refusal?.fields} outdated={refusal?.code === "outdated"} />
      {stale && <StaleNotice stale={stale} />}
      <NameSection {...part}>
        <RadioGroup
          name="state"
          label="State"
          options={states}
          value={form.state}
          onValueChange={(state) => set("state", state)}
          error={problems.state}
        />
      </NameSection>
      <FeaturesSection {...part} />
      <CodesSection {...part} caseRule={caseRule} />
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
      <FormBar>
        <Button type="submit" variant="primary" pending={pending}>
          Save settings
        </Button>
        {dirty && !pending && (
          <Button variant="quiet" onClick={discard}>
            Discard changes
          </Button>
        )}
      </FormBar>
    </form>
  );
}
