import { z } from "zod";
import { refuseCrossedDates } from "@/lib/api/changes";
import { endpoint } from "@/lib/api/endpoint";
import { referralAnswer, referralModel } from "@/lib/api/models/referral";
import { countedPageModel } from "@/lib/api/paging";
import { referralPointers } from "@/lib/api/pointers";
import { termFields, termsOf } from "@/lib/api/terms";
import { characterCount } from "@/lib/codes/rules";
import { integrationIdField, smallIdField } from "@/lib/codes/schema";
import { createForEach } from "@/lib/creations/commands";
import { patternField } from "@/lib/creations/schema";
import { shortened } from "@/lib/shortened";

/** How many advocates a request can name. */
const advocatesMax = 1000;

const character = z
  .string()
  .refine((text) => characterCount(text) === 1, {
    error: (issue) =>
      `“${shortened(String(issue.input))}” is not one character: give each by itself, such as ["A", "B"].`,
  })
  .meta({ minLength: 1, maxLength: 1 });

const body = z
  .strictObject({
    campaignId: smallIdField,
    advocateProfileIntegrationIds: z
      .array(integrationIdField)
      .min(1, { error: "Name one advocate at least." })
      .max(advocatesMax, { error: `Up to ${advocatesMax} advocates can be named at once.` }),
    ...termFields,
    validCharacters: z.array(character).max(1000, { error: "Up to 1,000 characters can be given." }).optional(),
    referralPattern: patternField.optional(),
  })
  .superRefine(refuseCrossedDates);

const query = z.strictObject({
  silent: z
    .enum(["yes", "no"], { error: (issue) => `“${shortened(String(issue.input))}” is neither yes nor no.` })
    .default("yes"),
});

export const createReferralsForMultipleAdvocates = endpoint({
  name: "createReferralsForMultipleAdvocates",
  method: "POST",
  path: "/v1/referrals_for_multiple_advocates",
  key: "integration",
  permission: "referrals.create",
  tag: "Referrals",
  summary: "Make a code for each of many advocates",
  description:
    "Makes one code for each entry, of an advocate who stands there twice two, all of them in one batch; or none at all. They are drawn from the campaign's code pattern unless the request gives its own. With `silent=no` the codes are answered.",
  query,
  body,
  example: { campaignId: 1, advocateProfileIntegrationIds: ["cust_ann", "cust_bob"], usageLimit: 5 },
  answers: {
    201: { description: "The new codes, in the order of their advocates.", body: countedPageModel(referralModel) },
    204: { description: "The codes are made." },
  },
  refusals: {
    400: "a value cannot be stored, the pattern has too few codes left, or the campaign does not have the referrals feature",
    404: "there is no such campaign",
  },
  withStatusCode: true,
  pointers: { ...referralPointers, advocates: "/advocateProfileIntegrationIds" },
  async run({ inCampaign, body, query, requestKey }) {
    const answered = query.silent === "no";
    const rows = await createForEach(
      inCampaign(body.campaignId),
      {
        requestKey: requestKey(),
        advocates: body.advocateProfileIntegrationIds,
        batch: true,
        friend: null,
        pattern: body.referralPattern ?? null,
        characters: body.validCharacters?.join("") ?? null,
        ...termsOf(body),
      },
      answered,
    );
    if (!answered) return { status: 204 };
    return { status: 201, body: { totalResultSize: rows.length, data: rows.map(referralAnswer) } };
  },
});
