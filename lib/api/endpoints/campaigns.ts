import { z } from "zod";
import type { Scope } from "@/lib/access/scope";
import { endpoint } from "@/lib/api/endpoint";
import { dateField, inCampaign } from "@/lib/api/fields";
import { campaignAnswer, campaignModel } from "@/lib/api/models/campaign";
import { unlessTaken } from "@/lib/api/name-taken";
import { listBudgets } from "@/lib/budgets/queries";
import { limitsField } from "@/lib/budgets/schema";
import { countRedemptions, getCampaign, unknownCampaign } from "@/lib/campaigns/queries";
import { campaignFeatures, campaignStates } from "@/lib/campaigns/rules";
import { updateCampaign } from "@/lib/campaigns/update";
import { patternProblem } from "@/lib/codes/generator";
import { codeSentences } from "@/lib/codes/reasons";
import { codeLength } from "@/lib/codes/rules";
import { refusedBy } from "@/lib/refused-by";
import { shortened } from "@/lib/shortened";
import { textField } from "@/lib/text-field";

const shown = (issue: { input?: unknown }) => `“${shortened(String(issue.input), 40)}”`;
/** How many tags a campaign has, and how many characters a code can be drawn of. */
const [tagsMax, charactersMax] = [50, 1000];

const codeSettings = z.strictObject({
  couponPattern: z
    .string()
    .superRefine(refusedBy(codeSentences, patternProblem))
    .meta({ minLength: codeLength.min, maxLength: codeLength.max, examples: ["####-####"] }),
  validCharacters: z
    .array(
      z
        .string()
        .refine((text) => [...text].length === 1, {
          error: (issue) => `${shown(issue)} is not one character; give each by itself.`,
        })
        .meta({ minLength: 1, maxLength: 1 }),
    )
    .max(charactersMax, { error: `Give up to ${charactersMax} characters.` })
    .transform((characters) => characters.join("")),
});

const body = z.strictObject({
  name: textField(1, 100, "A name"),
  description: textField(0, 1000, "A description").optional(),
  startTime: dateField.nullable().optional(),
  endTime: dateField.nullable().optional(),
  state: z
    .enum(campaignStates, {
      error: (issue) => `${shown(issue)} is no state of a campaign; those are ${campaignStates.join(", ")}.`,
    })
    .optional(),
  tags: z.array(textField(1, 100, "A tag")).max(tagsMax, { error: `A campaign has up to ${tagsMax} tags.` }),
  features: z
    .array(
      z.enum(campaignFeatures, {
        error: (issue) => `${shown(issue)} is no feature of a campaign; those are ${campaignFeatures.join(", ")}.`,
      }),
    )
    .max(100)
    .transform((features) => [...new Set(features)]),
  limits: limitsField,
  referralSettings: codeSettings.optional(),
  attributes: z.strictObject({}).optional(),
  couponSettings: codeSettings.optional(),
  activeRulesetId: z.int().positive().optional(),
  campaignGroups: z.array(z.int()).max(0, { error: "There are no campaign groups here; leave them out." }).optional(),
});

const common = {
  path: "/v1/applications/{applicationId}/campaigns/{campaignId}",
  key: "management",
  tag: "Campaigns",
  params: inCampaign,
} as const;

async function answerOf(scope: Scope<"applications.read">) {
  const campaign = await getCampaign(scope);
  if (!campaign) throw unknownCampaign(scope.ids);
  const [budgets, redemptions] = await Promise.all([listBudgets(scope, new Date()), countRedemptions(scope)]);
  return { status: 200, body: campaignAnswer(campaign, budgets, redemptions) };
}

export const getCampaignById = endpoint({
  ...common,
  name: "getCampaign",
  method: "GET",
  permission: "applications.read",
  summary: "See a campaign",
  answers: { 200: { description: "The campaign, with its budgets and what is used of them.", body: campaignModel } },
  refusals: { 404: "there is no such campaign" },
  run: ({ scope }) => answerOf(scope),
});

export const updateCampaignById = endpoint({
  ...common,
  name: "updateCampaign",
  method: "PUT",
  permission: "campaigns.write",
  summary: "Save a campaign",
  description:
    "`name`, `tags`, `features` and `limits` are taken as they are given. What else is left out stays as it is; a `startTime` or `endTime` of `null` is no bound. A limit is the same one as long as action, period and entities are: with a new amount it keeps what is used of it. One that is left out goes, and what was used of it with it. Of the features, `referrals` does something here; the others are kept. `couponSettings` and `activeRulesetId` are read and not kept: here are no coupons and no rules.",
  body,
  example: {
    name: "Refer a friend",
    tags: ["spring"],
    features: ["referrals"],
    state: "enabled",
    limits: [{ action: "redeemReferral", limit: 100, period: "monthly", entities: [] }],
  },
  answers: { 200: { description: "The campaign as it is now.", body: campaignModel } },
  refusals: {
    400: "a value cannot be stored",
    404: "there is no such campaign",
    409: "another campaign of the application has this name",
  },
  pointers: { codeCharacters: "/referralSettings/validCharacters", codePattern: "/referralSettings/couponPattern" },
  async run({ scope, body }) {
    const { name, description, startTime, endTime, state, tags, features, limits, referralSettings } = body;
    await unlessTaken(() =>
      updateCampaign(scope, {
        ...{ name, description, startTime, endTime, state, tags, features, limits },
        codePattern: referralSettings?.couponPattern,
        codeCharacters: referralSettings?.validCharacters,
      }),
    );
    return answerOf(scope);
  },
});
