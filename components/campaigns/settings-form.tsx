"use client";

import { useState } from "react";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { Button } from "@/components/ui/button";
import { DateTimeField } from "@/components/ui/date-time-field";
import { FormSection } from "@/components/ui/form-section";
import { RadioGroup } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import { saveCampaignAction } from "@/lib/campaigns/actions";
import { campaignForm, mergeForms, readCampaignForm } from "@/lib/campaigns/form";
import type { Campaign } from "@/lib/campaigns/queries";
import { saveCampaignInput, savedCampaign } from "@/lib/campaigns/schema";
import { CodesSection, FeaturesSection, NameSection } from "./settings-sections";
import { SharingSection } from "./sharing-section";
import { StaleNotice, type StaleSave } from "./stale-notice";

const states = [
  { value: "enabled", label: "Enabled", help: "Codes can be redeemed while the schedule allows it." },
  { value: "disabled", label: "Disabled", help: "Nothing can be redeemed until it is enabled again." },
  { value: "archived", label: "Archived", help: "Over and done with; kept to look things up." },
];

/** The settings of a campaign. Keeps what was typed whatever happens to the save. */
export function SettingsForm({ campaign }: { campaign: Campaign }) {
  const { applicationId, id: campaignId, application } = campaign;
  const { timeZone, caseRule } = application;
  const [version, setVersion] = useState(campaign.version);
  const [stale, setStale] = useState<StaleSave>();
  const state = useForm({
    blank: campaignForm({ ...campaign, referrals: campaign.hasReferrals }, timeZone),
    schema: saveCampaignInput,
    read: (form, problems) => ({ ...readCampaignForm(form, timeZone, problems), applicationId, campaignId, version }),
    action: saveCampaignAction,
    stays: true,
    onDone: (saved) => {
      setStale(undefined);
      setVersion(saved.version);
      toast.success("Settings saved");
    },
    onRefused: (failure, base, mine) => {
      setStale(undefined);
      if (failure.code !== "stale") return undefined;
      const saved = savedCampaign.parse(failure.details);
      const theirs = campaignForm(saved, timeZone);
      const merge = mergeForms(base, theirs, mine);
      setVersion(saved.version);
      setStale({ ...merge, theirs });
      return { base: theirs, form: merge.form };
    },
    toCheck: "Some fields need your attention.",
  });
  const { form, set, problems, pending, dirty } = state;
  const discard = () => {
    setStale(undefined);
    state.discard();
  };
  const discarding = dirty && !pending && (
    <Button variant="quiet" onClick={discard}>
      Discard changes
    </Button>
  );
  const part = { form, set, problems };

  return (
    <FormFrame state={state} submitLabel="Save settings" beside={discarding}>
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
      <SharingSection
        pattern={form.linkPattern}
        onPattern={(text) => set("linkPattern", text)}
        problem={problems.linkPattern}
        text={form.shareText}
        onText={(text) => set("shareText", text)}
        textProblem={problems.shareText}
        zone={timeZone}
      />
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
    </FormFrame>
  );
}
