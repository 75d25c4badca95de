import { randomBytes } from "node:crypto";
import fc from "fast-check";
import type { CampaignIds } from "@/lib/access/scope";
import type { KeyKind } from "@/lib/keys/rules";
import { updateSession } from "@/lib/sessions/update";
import { keyFor } from "./api";
import { admitted, makeBatch, makeCampaign } from "./builders";
import type { Known } from "./values";

/** A campaign with codes, some of them redeemed by closed sessions, and the keys of its application. */
export interface Shop extends CampaignIds {
  /** What there is, by the names that fields of the API have for it. */
  known: Known;
  /** The Authorization header of each kind of key. */
  authorization: Record<KeyKind, string>;
  batchId: string;
  codes: string[];
  ids: string[];
}

const advocates = ["cust_1", "cust_2", "cust/new 1", "cust_çé"];
const friends = ["friend-0", "friend-1", "cust_eve"]; // the first two have redeemed

/** Makes a shop of its own for a test. @param size how many codes there are */
export async function makeShop(size = 60): Promise<Shop> {
  const scope = await makeCampaign();
  const mark = randomBytes(3).toString("hex").toUpperCase();
  const codes = Array.from({ length: size }, (_, n) => `SHOP-${mark}-${n}`);
  const { batchId, ids } = await makeBatch(
    scope,
    codes.map((code, n) => ({ code, usageLimit: 10, usageCounter: n < 4 ? 2 : 0 })),
  );
  const sessions = Array.from({ length: Math.ceil(size / 2) }, (_, n) => `order/${n}`);
  for (const [n, session] of sessions.entries())
    await updateSession(admitted(scope), session, {
      state: "closed",
      profileId: `friend-${n}`,
      referralCode: codes[n] ?? "",
      cartItems: [{ name: "Mug", sku: "mug", price: 9.5, quantity: 100 }],
    });
  const [integration, management] = await Promise.all([
    keyFor(scope.applicationId, "integration"),
    keyFor(scope.applicationId, "management"),
  ]);
  const people = [...advocates, ...friends];
  const session = [...sessions, "order/new 1", "order-2"];
  const code = [...codes.slice(0, 10), "NONE-AT-ALL"];
  return {
    ...scope,
    ...{ batchId, codes, ids },
    authorization: { integration: `ApiKey-v1 ${integration}`, management: `ManagementKey-v1 ${management}` },
    known: {
      applicationId: [scope.applicationId],
      campaignId: [scope.campaignId],
      evaluableCampaignIds: [scope.campaignId],
      referralId: ids,
      ...{ sessionId: session, customerSessionId: session },
      ...{ referralCode: code, code, value: code, partialMatch: [true, false] },
      ...{ batchId: [batchId], batchID: [batchId] },
      ...{ integrationId: people, advocateProfileIntegrationId: people, advocate: people, profileId: friends },
      ...{ advocateProfileIntegrationIds: people, friendProfileIntegrationId: friends },
      ...{
        referralPattern: ["###-###-###", "SUMMER-####"],
        couponPattern: ["####-####"],
        validCharacters: ["A", "B", "7"],
      },
      ...{ position: [0], quantity: [1, 2] },
      attributes: [{}, { tier: "gold" }, { vip: true, points: 3 }, { tags: ["a"] }],
    },
  };
}

/** Files of codes as they are imported. */
export const csvFiles: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.stringMatching(/^[A-Z0-9]{8}$/), fc.constantFrom(...advocates)), { minLength: 1, maxLength: 5 })
  .map((rows) => `code,advocateprofileintegrationid\n${rows.map((row) => row.join(",")).join("\n")}\n`);
