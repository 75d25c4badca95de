import { z } from "zod";
import { linkProblem } from "@/lib/campaigns/links";
import { campaignSentences } from "@/lib/campaigns/reasons";
import { campaignStates } from "@/lib/campaigns/rules";
import { shareTextProblem } from "@/lib/campaigns/share-text";
import { charactersProblem, patternProblem } from "@/lib/codes/generator";
import { codeSentences } from "@/lib/codes/reasons";
import { instantField, smallIdField } from "@/lib/codes/schema";
import { refusedBy } from "@/lib/refused-by";
import { say } from "@/lib/say";
import { textField } from "@/lib/text-field";

/** What the settings form of a campaign holds. `referrals` says whether that feature is on. */
const campaignSettings = z.strictObject({
  name: textField(1, 100, "A name"),
  description: textField(0, 1000, "A description"),
  state: z.enum(campaignStates, { error: (issue) => `“${String(issue.input)}” is no state of a campaign.` }),
  referrals: z.boolean(),
  codePattern: z.string().trim().superRefine(refusedBy(codeSentences, patternProblem)),
  /** Judged once more by the application's case rule when it is saved. */
  codeCharacters: z
    .string()
    .trim()
    .superRefine(refusedBy(codeSentences, (text: string) => charactersProblem(text, "sensitive"))),
  /** How links look by which codes are shared; empty where there are none. */
  linkPattern: z.string().trim().superRefine(refusedBy(campaignSentences, linkProblem)),
  /** What an advocate is sent with a code; empty where there is none. */
  shareText: z.string().trim(),
  startTime: instantField,
  endTime: instantField,
});
export type CampaignSettings = z.output<typeof campaignSettings>;

/** The settings form of a campaign. `version` is the one that was shown. */
export const saveCampaignInput = campaignSettings
  .extend({
    applicationId: smallIdField,
    campaignId: smallIdField,
    version: smallIdField,
  })
  .superRefine(({ shareText, linkPattern }, context) => {
    const problem = shareTextProblem(shareText, linkPattern);
    if (problem)
      context.addIssue({
        code: "custom",
        path: ["shareText"],
        message: say(campaignSentences, problem),
        params: problem,
      });
  })
  .refine((input) => !input.startTime || !input.endTime || input.startTime < input.endTime, {
    path: ["endTime"],
    error: "The campaign ends before it starts. Choose an end after the start.",
  });
export type SaveCampaignInput = z.output<typeof saveCampaignInput>;

/** The form for a new campaign: the settings it starts with; the others have their defaults. */
export const createCampaignInput = campaignSettings
  .pick({ name: true, description: true, referrals: true, codePattern: true, codeCharacters: true })
  .extend({ applicationId: smallIdField });
export type CreateCampaignInput = z.output<typeof createCampaignInput>;

/** The settings as someone else saved them meanwhile: what a refusal for a stale version carries. */
export const savedCampaign = campaignSettings.extend({ version: z.number() });
