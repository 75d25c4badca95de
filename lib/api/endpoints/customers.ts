import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { flag, inApplication, pathIntegrationId } from "@/lib/api/fields";
import { friendAnswer, friendModel, inventoryModel } from "@/lib/api/models/customer";
import { referralAnswer } from "@/lib/api/models/referral";
import { profileAnswer } from "@/lib/api/models/session";
import { pageSizeField, skipField, sortField } from "@/lib/api/paging";
import { ApiProblem } from "@/lib/api/problems";
import { getProfile } from "@/lib/customers/profiles";
import { friendSorts, listFriends, ownedMost, referralsOwned } from "@/lib/customers/queries";
import { friendsMost, friendsOf } from "@/lib/redemptions/friends";
import { shortened } from "@/lib/shortened";

export const getApplicationCustomerFriends = endpoint({
  name: "getApplicationCustomerFriends",
  method: "GET",
  path: "/v1/applications/{applicationId}/profile/{integrationId}/friends",
  key: "management",
  permission: "customers.read",
  tag: "Customers",
  summary: "List the friends of an advocate",
  description:
    "Whom an advocate referred, by redemptions that count today, also with codes that were deleted since. The ID is the advocate's. Newest first unless `sort` says another: `created`, `code`, `friendIntegrationId` or `sessionId`, with `-` for descending.",
  params: inApplication.extend({ integrationId: pathIntegrationId }),
  query: z.strictObject({
    pageSize: pageSizeField,
    skip: skipField,
    sort: sortField(friendSorts, "created", true),
    withTotalResultSize: flag.default(false),
  }),
  answers: {
    200: {
      description: "A page of friends; none for an ID that nobody has.",
      body: z.object({ hasMore: z.boolean(), totalResultSize: z.int().min(0).optional(), data: z.array(friendModel) }),
    },
  },
  refusals: { 400: "a page is none that there can be" },
  async run({ scope, params: { integrationId }, query }) {
    const { pageSize: size, skip, sort: order, withTotalResultSize: counted } = query;
    const { friends, hasMore, total } = await listFriends(scope, integrationId, { size, skip, order, counted });
    const data = friends.map((friend) => friendAnswer(friend, scope.ids.applicationId, integrationId));
    return { status: 200, body: { hasMore, ...(total !== null && { totalResultSize: total }), data } };
  },
});

const asked = flag.default(false);

export const getCustomerInventory = endpoint({
  name: "getCustomerInventory",
  method: "GET",
  path: "/v1/customer_profiles/{integrationId}/inventory",
  key: "integration",
  permission: "customers.read",
  tag: "Customers",
  summary: "See what a customer has",
  description: `Each part is answered where it is asked for by \`true\`. \`referrals\` are the codes that the customer owns, newest first, up to ${ownedMost} of them, with up to ${friendsMost} friends each. A customer is known from their first session on: an advocate who had none has no inventory.`,
  params: z.object({ integrationId: pathIntegrationId }),
  query: z.strictObject({
    profile: asked,
    referrals: asked,
    coupons: asked,
    loyalty: asked,
    giveaways: asked,
    achievements: asked,
  }),
  exampleQuery: { referrals: "true" },
  answers: { 200: { description: "What was asked for.", body: inventoryModel } },
  refusals: { 404: "the customer has had no session" },
  async run({ scope, params: { integrationId }, query }) {
    const profile = await getProfile(scope, integrationId);
    if (!profile)
      throw new ApiProblem(404, `No customer “${shortened(integrationId)}” has had a session in this application.`);
    const owned = query.referrals ? await referralsOwned(scope, integrationId) : [];
    const redeemed = owned.filter(({ usageCounter }) => usageCounter > 0).map(({ id }) => id);
    const friends = redeemed.length > 0 ? await friendsOf(scope, redeemed) : new Map<string, string[]>();
    const referrals = owned.map((row) => ({
      ...referralAnswer(row),
      referredCustomers: friends.get(String(row.id)) ?? [],
    }));
    const body: z.output<typeof inventoryModel> = {
      ...(query.profile && { profile: profileAnswer(profile) }),
      ...(query.referrals && { referrals }),
      ...(query.coupons && { coupons: [] }),
      ...(query.loyalty && { loyalty: { cards: [], programs: {} } }),
      ...(query.giveaways && { giveaways: [] }),
      ...(query.achievements && { achievements: [] }),
    };
    return { status: 200, body };
  },
});
