import type { Server } from "node:http";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { checkRedemptions } from "@/lib/redemptions/check";
import { type Answered, caller, keyFor, startApi } from "@/lib/testing/api";
import { admitted, makeCampaign } from "@/lib/testing/builders";

/** What an update of a session answers. */
export interface State {
  effects: { campaignId: number; effectType: string; props: { value: string; rejectionReason?: string } }[];
  customerSession?: { state: string; referralCode?: string; firstSession: boolean; total: number; profileId: string };
  referral?: { usageCounter: number; referredCustomers: string[]; code: string };
  customerProfile?: { integrationId: string; closedSessions: number };
}

/** A shop that speaks of sessions: for each test of a file a campaign of its own, whose key asks. To be called once in a file. */
export function sessionShop() {
  let server: Server;
  let address = "";
  beforeAll(async () => {
    ({ server, address } = await startApi());
  });
  afterAll(() => server.close());

  const shop = {
    scope: { applicationId: 0, campaignId: 0 } as CampaignIds,
    ask: (async () => expect.fail("no shop is open yet")) as ReturnType<typeof caller>,
    /** Begins anew, in another application. */
    async open(): Promise<void> {
      shop.scope = await makeCampaign();
      shop.ask = caller(address, `ApiKey-v1 ${await keyFor(shop.scope.applicationId, "integration")}`);
    },
    /** Somebody of another application. */
    async stranger() {
      return caller(address, `ApiKey-v1 ${await keyFor((await makeCampaign()).applicationId, "integration")}`);
    },
    put: (
      session: string,
      customerSession: object,
      query = "",
      responseContent?: string[],
      headers = {},
    ): Promise<Answered> =>
      shop.ask(
        "PUT",
        `/v2/customer_sessions/${encodeURIComponent(session)}${query}`,
        { customerSession, ...(responseContent && { responseContent }) },
        headers,
      ),
    /** What came of an update: effect and reason, in short. */
    async told(session: string, customerSession: object, query = ""): Promise<string[]> {
      const { status, body, text } = await shop.put(session, customerSession, query);
      expect(status, text).toBe(200);
      return (body as State).effects.map(({ effectType, props }) =>
        [effectType, props.value, props.rejectionReason].filter(Boolean).join(" "),
      );
    },
    /** How many sessions, customers and rows of the ledger there are. */
    async stored(): Promise<number[]> {
      const where = { applicationId: shop.scope.applicationId };
      return [
        await db.customerSession.count({ where }),
        await db.customerProfile.count({ where }),
        await db.redemption.count({ where }),
      ];
    },
    async counter(code: string): Promise<number | undefined> {
      const where = { applicationId: shop.scope.applicationId, code };
      return (await db.referral.findFirst({ where, select: { usageCounter: true } }))?.usageCounter;
    },
    /** Holds counters to the ledger. */
    sound: async () => expect(await checkRedemptions(admitted(shop.scope))).toEqual({ wrong: 0, rows: [] }),
    budget: (entity: "Profile" | "Referral" | null, amount: number, period: string | null = null) =>
      db.budget.create({ data: { ...shop.scope, action: "redeemReferral", entity, amount, period } }),
    async uses(): Promise<number[]> {
      const where = { applicationId: shop.scope.applicationId };
      return (await db.budgetUse.findMany({ where, orderBy: { id: "asc" } })).map(({ counter }) => counter);
    },
  };
  beforeEach(shop.open);
  return shop;
}
