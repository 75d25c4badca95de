import { z } from "zod";
import { askedFields, codePartField } from "@/lib/api/asked";
import { endpoint } from "@/lib/api/endpoint";
import { inCampaign } from "@/lib/api/fields";
import { referralAnswer, referralModel } from "@/lib/api/models/referral";
import { countedPageModel, pageModel, pageSizeField, skipField, sortField } from "@/lib/api/paging";
import { integrationIdField } from "@/lib/codes/schema";
import { type AskedPage, askedOrders, pageAsked } from "@/lib/referrals/asked-page";

const query = z.strictObject({
  pageSize: pageSizeField,
  skip: skipField,
  sort: sortField(askedOrders, "created", true),
  code: codePartField.optional(),
  ...askedFields,
  advocate: integrationIdField.optional(),
});

const pageOf = ({ pageSize: size, skip, sort: order, ...asked }: z.output<typeof query>, counted: boolean) =>
  ({ asked, order, skip, size, counted }) satisfies AskedPage;

const common = {
  method: "GET",
  key: "management",
  permission: "referrals.read",
  tag: "Referrals",
  params: inCampaign,
  query,
  refusals: { 400: "a filter or a page is none that there can be", 404: "there is no such campaign" },
} as const;

const filters =
  "Filters combine. `code` finds a part of a code whatever its case, letters and digits alone. `createdBefore` and `createdAfter` are exclusive. `valid` is `expired`, `validNow` or `validFuture`; `usable=true` are codes with redemptions left. `sort` is a field, with `-` for descending: `id`, `created`, `code`, `startDate`, `expiryDate`, `usageCounter`, `usageLimit`; newest first unless it is given.";

export const getReferralsWithoutTotalCount = endpoint({
  ...common,
  name: "getReferralsWithoutTotalCount",
  path: "/v1/applications/{applicationId}/campaigns/{campaignId}/referrals/no_total",
  summary: "List codes",
  description: filters,
  answers: { 200: { description: "A page of codes, and whether more follow.", body: pageModel(referralModel) } },
  async run({ scope, query }) {
    const { rows, hasMore } = await pageAsked(scope, pageOf(query, false));
    return { status: 200, body: { hasMore, data: rows.map(referralAnswer) } };
  },
});

export const getReferrals = endpoint({
  ...common,
  name: "getReferrals",
  path: "/v1/applications/{applicationId}/campaigns/{campaignId}/referrals",
  summary: "List codes and count them",
  description: `${filters} The count is exact; with a filter that most codes meet it takes its time, which \`/no_total\` saves.`,
  answers: { 200: { description: "A page of codes, and how many match.", body: countedPageModel(referralModel) } },
  async run({ scope, query }) {
    const { rows, total } = await pageAsked(scope, pageOf(query, true));
    return { status: 200, body: { totalResultSize: total, data: rows.map(referralAnswer) } };
  },
});
