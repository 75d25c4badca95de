"use client";

import { useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { sameFields, useKeptInput } from "@/components/forms/use-kept-input";
import { toast } from "@/components/ui/toast";
import { saveCampaignAction } from "@/lib/campaigns/actions";
import { type CampaignForm, campaignForm, type Merge, mergeForms } from "@/lib/campaigns/form";
import type { Campaign } from "@/lib/campaigns/queries";
import { saveCampaignInput, savedCampaign } from "@/lib/campaigns/schema";
import type { FieldProblems } from "@/lib/errors";
import { fieldProblems } from "@/lib/field-problems";
import { say } from "@/lib/say";
import { type Bound, parseZoned } from "@/lib/zone";
import { clockSentences } from "@/lib/zone-reasons";

export type StaleSave = Merge & { theirs: CampaignForm };
type Refusal = { message: string; fields?: FieldProblems; code?: string };

/** The state of the settings form: what is typed, what was saved last, and what keeps it from being saved. */
export function useSettings(campaign: Campaign) {
  const zone = campaign.application.timeZone;
  const [base, setBase] = useState(() => campaignForm({ ...campaign, referrals: campaign.hasReferrals }, zone));
  const [version, setVersion] = useState(campaign.version);
  const [form, setForm] = useState(base);
  const [refusal, setRefusal] = useState<Refusal>();
  const [stale, setStale] = useState<StaleSave>();
  const [pending, startSaving] = useTransition();

  function set<Field extends keyof CampaignForm>(field: Field, value: CampaignForm[Field]) {
    setForm((before) => ({ ...before, [field]: value }));
  }

  function save() {
    const { input, problems } = understand(form, zone, {
      applicationId: campaign.applicationId,
      campaignId: campaign.id,
      version,
    });
    if (Object.keys(problems).length > 0) {
      setRefusal({ message: "Some fields need your attention.", fields: problems });
      return;
    }
    startSaving(async () => {
      const result = await saveCampaignAction(input).catch(unreachable);
      setStale(undefined);
      setRefusal(undefined);
      if (result.ok) {
        setVersion(result.data.version);
        setBase(form);
        toast.success("Settings saved");
      } else if (result.code === "stale") {
        adopt(result.details);
      } else {
        setRefusal(result);
      }
    });
  }

  function adopt(details: unknown) {
    const saved = savedCampaign.parse(details);
    const theirs = campaignForm(saved, zone);
    const merge = mergeForms(base, theirs, form);
    setForm(merge.form);
    setBase(theirs);
    setVersion(saved.version);
    setStale({ ...merge, theirs });
  }

  function discard() {
    setForm(base);
    setRefusal(undefined);
    setStale(undefined);
  }

  const dirty = JSON.stringify(form) !== JSON.stringify(base);
  useKeptInput(form, dirty, (kept) => setForm(sameFields(base, kept)));
  return { form, set, save, pending, refusal, stale, dirty, discard };
}

/** What was typed as the action wants it, and every problem it has by its field. */
function understand(
  form: CampaignForm,
  zone: string,
  scope: { applicationId: number; campaignId: number; version: number },
) {
  const problems: FieldProblems = {};
  function instant(field: "startTime" | "endTime", bound: Bound): string | null {
    if (form[field].trim() === "") return null;
    const parsed = parseZoned(form[field], zone, bound);
    if (parsed instanceof Date) return parsed.toISOString();
    problems[field] = say(clockSentences, parsed);
    return null;
  }
  const input = {
    ...form,
    ...scope,
    state: form.state as Campaign["state"],
    startTime: instant("startTime", "start"),
    endTime: instant("endTime", "end"),
  };
  const checked = saveCampaignInput.safeParse(input);
  return { input, problems: checked.success ? problems : { ...fieldProblems(checked.error), ...problems } };
}
