import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { dateField, flag } from "@/lib/api/fields";
import { effectModel, sessionAnswer, sessionModel, stateModel } from "@/lib/api/models/session";
import { contentField, stateAnswer } from "@/lib/api/models/session-content";
import { ApiProblem } from "@/lib/api/problems";
import { guessesMost, holdGuesses, namelessMost } from "@/lib/sessions/guesses";
import { getSession } from "@/lib/sessions/queries";
import { returnField, sessionField, sessionIdField } from "@/lib/sessions/schema";
import { tryCode } from "@/lib/sessions/trial";
import { reopenSession, returnItems, updateSession } from "@/lib/sessions/update";

const params = z.object({ sessionId: sessionIdField });
const common = { key: "integration", permission: "redemptions.write", tag: "Sessions", params } as const;
const unknown = { 404: "there is no such session" } as const;
const busy = "three other requests are changing the session";

const query = z
  .strictObject({
    dry: flag.default(false),
    now: dateField.optional(),
  })
  .superRefine(({ dry, now }, context) => {
    const problem = !dry
      ? "`now` moves the clock of a trial only: send it with dry=true."
      : now && now <= new Date() && "`now` has to lie ahead; leave it out for this moment.";
    if (now && problem) context.addIssue({ code: "custom", path: ["now"], message: problem });
  });

/** Redeeming: what a session's code comes to, and, when it closes, that it counts. */
export const updateCustomerSession = endpoint({
  ...common,
  name: "updateCustomerSessionV2",
  method: "PUT",
  path: "/v2/customer_sessions/{sessionId}",
  summary: "Update a session, and redeem its code when it closes",
  description:
    "An open session is told whether its referral code is good (`acceptReferral`, `rejectReferral`); closing it redeems the code, exactly once however often it is repeated; cancelling it gives the redemption back (`rollbackReferral`). What is left out stays as it was, an empty `referralCode` drops the code. With `dry=true` nothing is stored or counted. " +
    `A customer who names ${guessesMost} codes that nobody has within a minute gets 429 for every further code until it is over. So does a session without \`profileId\`, and all of them together that a key sends after ${namelessMost}.`,
  query,
  body: z.strictObject({ customerSession: sessionField, responseContent: contentField }),
  example: {
    customerSession: { profileId: "cust_bob", referralCode: "CODE-HERE", state: "closed" },
    responseContent: ["referral"],
  },
  answers: { 200: { description: "What came of it.", body: stateModel } },
  refusals: { 400: "the session cannot move so", 409: busy },
  pointers: { state: "/customerSession/state", referralCode: "/customerSession/referralCode" },
  async run({ scope, params: { sessionId }, query: { dry, now }, body: { customerSession, responseContent } }) {
    if (!dry) {
      const { session, effects } = await updateSession(scope, sessionId, customerSession);
      const told = { effects, session, codeKey: session.codeKey, friend: session.profileIntegrationId };
      return { status: 200, body: await stateAnswer(scope, told, responseContent) };
    }
    const { referralCode: code, profileId, evaluableCampaignIds, state } = customerSession;
    const friend = profileId || null;
    const looks = code !== undefined && code !== "" && (state ?? "open") !== "cancelled";
    const trial = { friend, now: now ?? new Date(), campaignIds: evaluableCampaignIds ?? null };
    const tried = looks ? await tryCode(scope, { ...trial, code }) : null;
    if (tried) await holdGuesses(scope, { friend, sessionId }, tried.known !== null);
    const told = {
      effects: tried ? [tried.effect] : [],
      session: null,
      codeKey: tried?.known?.codeKey ?? null,
      friend,
    };
    return { status: 200, body: await stateAnswer(scope, told, responseContent) };
  },
});

/** A closed session opens again. */
export const reopenCustomerSession = endpoint({
  ...common,
  name: "reopenCustomerSession",
  method: "PUT",
  path: "/v2/customer_sessions/{sessionId}/reopen",
  summary: "Open a closed session again",
  description: "Takes back what the session redeemed. The code can be redeemed again, by this session or another one.",
  answers: { 200: { description: "What was taken back.", body: z.object({ effects: z.array(effectModel) }) } },
  refusals: { ...unknown, 400: "the session is not closed", 409: busy },
  async run({ scope, params: { sessionId } }) {
    const { effects } = await reopenSession(scope, sessionId);
    return { status: 200, body: { effects } };
  },
});

/** Items come back. */
export const returnCartItems = endpoint({
  ...common,
  name: "returnCartItems",
  method: "POST",
  path: "/v2/customer_sessions/{sessionId}/returns",
  summary: "Note that items of a closed session came back",
  description: "The session becomes `partially_returned`. What it redeemed stays redeemed.",
  query: z.strictObject({ dry: flag.default(false) }),
  body: z.strictObject({ return: returnField, responseContent: contentField }),
  example: { return: { returnedCartItems: [{ position: 0, quantity: 1 }] } },
  answers: { 200: { description: "The session's effects.", body: stateModel } },
  refusals: { ...unknown, 400: "the session is not closed, or the item is not in its cart", 409: busy },
  pointers: { returnedCartItems: "/return/returnedCartItems" },
  async run({ scope, params: { sessionId }, query: { dry }, body }) {
    if (dry)
      throw new ApiProblem(400, "Returns cannot be tried: leave out dry=true.", [
        { title: "Invalid value", source: { parameter: "dry" } },
      ]);
    const { session, effects } = await returnItems(scope, sessionId, body.return);
    const told = { effects, session, codeKey: session.codeKey, friend: session.profileIntegrationId };
    return { status: 200, body: await stateAnswer(scope, told, body.responseContent) };
  },
});

/** A session as it stands. */
export const getCustomerSession = endpoint({
  ...common,
  name: "getCustomerSession",
  method: "GET",
  path: "/v2/customer_sessions/{sessionId}",
  summary: "Read a session",
  description: "With the effects that still hold.",
  answers: {
    200: {
      description: "The session.",
      body: z.object({ customerSession: sessionModel, effects: z.array(effectModel) }),
    },
  },
  refusals: unknown,
  async run({ scope, params: { sessionId } }) {
    const session = await getSession(scope, sessionId);
    if (!session) throw new ApiProblem(404, `There is no session “${sessionId.slice(0, 100)}” in this application.`);
    const { applicationId } = scope.ids;
    return { status: 200, body: { customerSession: sessionAnswer(session, applicationId), effects: session.effects } };
  },
});
