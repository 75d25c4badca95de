import type { CampaignSettings } from "@/lib/campaigns/schema";
import { readableCharacters } from "@/lib/codes/generator";
import { type CaseRule, foldCode } from "@/lib/codes/rules";
import { formatZonedInput } from "@/lib/zone";

/** A new campaign as its form holds it. */
export interface NewCampaignForm {
  name: string;
  description: string;
  referrals: boolean;
  codePattern: string;
  codeCharacters: string;
}

/** The settings as the form holds them: what was typed, before it is understood. */
export interface CampaignForm extends NewCampaignForm {
  state: string;
  startTime: string;
  endTime: string;
}

/** The form a new campaign begins with. Its codes are easy to read aloud, in the case the application keeps them. */
export function newCampaignForm(caseRule: CaseRule): NewCampaignForm {
  return {
    name: "",
    description: "",
    referrals: true,
    codePattern: "####-####",
    codeCharacters: foldCode(readableCharacters, caseRule),
  };
}

/** The form of saved settings. */
export function campaignForm(settings: CampaignSettings, zone: string): CampaignForm {
  return {
    name: settings.name,
    description: settings.description,
    state: settings.state,
    referrals: settings.referrals,
    codePattern: settings.codePattern,
    codeCharacters: settings.codeCharacters,
    startTime: formatZonedInput(settings.startTime, zone, "start"),
    endTime: formatZonedInput(settings.endTime, zone, "end"),
  };
}

/** What becomes of a form whose settings someone else saved meanwhile. */
export interface Merge {
  /** Mine, with theirs wherever I had changed nothing. */
  form: CampaignForm;
  /** Fields that took over their value. */
  taken: (keyof CampaignForm)[];
  /** Fields that both changed, differently: mine stays in the form, to be decided by me. */
  disputed: (keyof CampaignForm)[];
}

/** Merges what I typed (`mine`, begun from `base`) with what someone else saved (`theirs`), field by field. */
export function mergeForms(base: CampaignForm, theirs: CampaignForm, mine: CampaignForm): Merge {
  const fields = Object.keys(base) as (keyof CampaignForm)[];
  const changed = fields.filter((field) => theirs[field] !== base[field] && theirs[field] !== mine[field]);
  const taken = changed.filter((field) => mine[field] === base[field]);
  const disputed = changed.filter((field) => mine[field] !== base[field]);
  const form = { ...mine, ...Object.fromEntries(taken.map((field) => [field, theirs[field]])) };
  return { form, taken, disputed };
}
