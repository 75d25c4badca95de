import type { CampaignSettings } from "@/lib/campaigns/schema";
import { readableCharacters } from "@/lib/codes/generator";
import { type CaseRule, foldCode } from "@/lib/codes/rules";
import type { FieldProblems } from "@/lib/errors";
import { say } from "@/lib/say";
import { type Bound, formatZonedInput, parseZoned } from "@/lib/zone";
import { clockSentences } from "@/lib/zone-reasons";

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
  linkPattern: string;
  shareText: string;
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
    linkPattern: settings.linkPattern,
    shareText: settings.shareText,
    startTime: formatZonedInput(settings.startTime, zone, "start"),
    endTime: formatZonedInput(settings.endTime, zone, "end"),
  };
}

/** The settings as they are to be saved; what is no date goes to `problems`. */
export function readCampaignForm(form: CampaignForm, zone: string, problems: FieldProblems) {
  function instant(field: "startTime" | "endTime", bound: Bound): string | null {
    if (form[field].trim() === "") return null;
    const parsed = parseZoned(form[field], zone, bound);
    if (parsed instanceof Date) return parsed.toISOString();
    problems[field] = say(clockSentences, parsed);
    return null;
  }
  return {
    ...form,
    state: form.state as CampaignSettings["state"],
    startTime: instant("startTime", "start"),
    endTime: instant("endTime", "end"),
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
