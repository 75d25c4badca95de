"use client";

import { useRouter } from "next/navigation";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { createCampaignAction } from "@/lib/campaigns/actions";
import { newCampaignForm } from "@/lib/campaigns/form";
import { createCampaignInput } from "@/lib/campaigns/schema";
import type { CaseRule } from "@/lib/codes/rules";
import { CodesSection, FeaturesSection, NameSection } from "./settings-sections";

type NewCampaignFormProps = { application: { id: number; caseRule: CaseRule } };

/** Makes a campaign and leads to its codes. State and schedule are for its settings. */
export function NewCampaignForm({ application }: NewCampaignFormProps) {
  const router = useRouter();
  const campaigns = `/applications/${application.id}/campaigns`;
  const state = useForm({
    blank: newCampaignForm(application.caseRule),
    schema: createCampaignInput,
    read: (form) => ({ ...form, applicationId: application.id }),
    action: createCampaignAction,
    onDone: ({ campaignId }) => router.push(`${campaigns}/${campaignId}${state.form.referrals ? "/referrals" : ""}`),
  });
  return (
    <FormFrame state={state} submitLabel="Create campaign" cancelPath={campaigns}>
      <NameSection {...state} />
      <FeaturesSection {...state} />
      <CodesSection {...state} caseRule={application.caseRule} />
    </FormFrame>
  );
}
