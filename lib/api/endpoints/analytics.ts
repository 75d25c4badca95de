import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { answeredDate, dateField, flag, inApplication, inCampaign } from "@/lib/api/fields";
import { listedSessionAnswer, listedSessionModel } from "@/lib/api/models/customer";
import { pageModel, pageSizeField, skipField, sortField } from "@/lib/api/paging";
import { getCampaign, unknownCampaign } from "@/lib/campaigns/queries";
import { tidied } from "@/lib/codes/rules";
import { integrationIdField } from "@/lib/codes/schema";
import { granularities, isTooLong, redemptionSeries, stepsMax } from "@/lib/redemptions/series";
import { listSessions, sessionSorts } from "@/lib/sessions/list";
import { sessionIdField, sessionStates } from "@/lib/sessions/schema";
import { shortened } from "@/lib/shortened";

const shown = (issue: { input?: unknown }) => `“${shortened(String(issue.input), 40)}”`;
/** How short a part of a code may be. */
const partMin = 3;

const codeField = z
  .string()
  .min(1, { error: "This is empty: give a code, or leave it out." })
  .max(1000, { error: "A code has up to 100 characters." })
  .optional();

const sessionsQuery = z
  .strictObject({
    pageSize: pageSizeField,
    skip: skipField,
    sort: sortField(sessionSorts, "id", true),
    profile: integrationIdField.optional(),
    state: z
      .enum(sessionStates, { error: (issue) => `${shown(issue)} is no state; those are ${sessionStates.join(", ")}.` })
      .optional(),
    createdBefore: dateField.optional(),
    createdAfter: dateField.optional(),
    coupon: codeField,
    referral: codeField,
    partialMatch: flag.default(false),
    integrationId: sessionIdField.optional(),
  })
  .superRefine(({ partialMatch, coupon, referral }, context) => {
    // a referral code is looked for without the blanks around it
    for (const [name, text] of Object.entries({ coupon, referral: referral && tidied(referral) }))
      if (partialMatch && text !== undefined && [...text].length < partMin)
        context.addIssue({
          code: "custom",
          path: [name],
          message: `A part has ${partMin} characters or more; give more of it, or the whole without partialMatch.`,
        });
  });

export const getApplicationSessions = endpoint({
  name: "getApplicationSessions",
  method: "GET",
  path: "/v1/applications/{applicationId}/sessions",
  key: "management",
  permission: "customers.read",
  tag: "Sessions",
  summary: "List sessions",
  description:
    "Filters combine. `referral` and `coupon` are whole codes; with `partialMatch=true` a part of them, of 3 characters or more. `createdBefore` and `createdAfter` are exclusive. `sort` is `id` or `created`, with `-` for descending; newest first unless it is given.",
  params: inApplication,
  query: sessionsQuery,
  answers: {
    200: { description: "A page of sessions, and whether more follow.", body: pageModel(listedSessionModel) },
  },
  refusals: { 400: "a filter or a page is none that there can be" },
  async run({ scope, query: { pageSize: size, skip, sort: order, partialMatch: partial, ...asked } }) {
    const { sessions, hasMore } = await listSessions(scope, { ...asked, partial, size, skip, order });
    return {
      status: 200,
      body: { hasMore, data: sessions.map((one) => listedSessionAnswer(one, scope.ids.applicationId)) },
    };
  },
});

const pointModel = z
  .object({
    date: answeredDate.describe("When the step begins; the first one begins with the range."),
    referralRedemptions: z.int().min(0).describe("Redemptions of the step that count today."),
    totalReferralRedemptions: z.int().min(0).describe("The same from the campaign's beginning to the step's end."),
    referralsCreated: z.int().min(0).describe("Codes made by rules."),
    totalReferralsCreated: z.int().min(0),
  })
  .meta({ id: "CampaignAnalytics" });

const rangeQuery = z
  .strictObject({
    rangeStart: dateField,
    rangeEnd: dateField,
    granularity: z
      .enum(granularities, { error: (issue) => `${shown(issue)} is no step; those are ${granularities.join(", ")}.` })
      .default("1 day"),
  })
  .superRefine(({ rangeStart: from, rangeEnd: to, granularity }, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", path: ["rangeEnd"], message });
    if (from >= to) refuse("The range ends before it starts. Give an end after the start.");
    else if (isTooLong({ from, to, granularity }))
      refuse(`This range has more than ${stepsMax} steps. Give a shorter one, or longer steps.`);
  });

export const getCampaignAnalytics = endpoint({
  name: "getCampaignAnalytics",
  method: "GET",
  path: "/v1/applications/{applicationId}/campaigns/{campaignId}/analytics",
  key: "management",
  permission: "referrals.read",
  tag: "Campaigns",
  summary: "See redemptions over time",
  description:
    "One point for each step of the range, whose end is exclusive. Days, weeks (from Monday on), months and years are those of the clocks of the application's zone; the dates are in UTC.",
  params: inCampaign,
  query: rangeQuery,
  exampleQuery: { rangeStart: "2030-01-01T00:00:00Z", rangeEnd: "2030-02-01T00:00:00Z" },
  answers: {
    200: {
      description: "The points, in order.",
      body: z.object({ totalResultSize: z.int(), data: z.array(pointModel) }),
    },
  },
  refusals: { 400: "the range is none, or too long", 404: "there is no such campaign" },
  async run({ scope, query: { rangeStart: from, rangeEnd: to, granularity } }) {
    const campaign = await getCampaign(scope);
    if (!campaign) throw unknownCampaign(scope.ids);
    const steps = await redemptionSeries(scope, { from, to, granularity, zone: campaign.application.timeZone });
    const data = steps.map(({ begins, redemptions, total }) => ({
      date: begins.toISOString(),
      referralRedemptions: redemptions,
      totalReferralRedemptions: total,
      referralsCreated: 0,
      totalReferralsCreated: 0,
    }));
    return { status: 200, body: { totalResultSize: data.length, data } };
  },
});
