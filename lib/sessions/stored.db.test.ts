import pg from "pg";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { askQuickly, pool } from "@/lib/db";
import { readSessionAndCode, type SessionWrite, storeSession } from "@/lib/sessions/stored";
import { updateSession } from "@/lib/sessions/update";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const look = (friend: string) =>
  readSessionAndCode(askQuickly, scope.applicationId, "cart", { code: "code", friend, now: new Date() });

/** Everything that sessions and redemptions write, as one text. */
async function everything(): Promise<string> {
  const tables = ["customer_session", "customer_profile", "redemption", "redeemed", "referral"];
  const texts = tables.map(async (table) => {
    const { rows } = await pool.query(
      `SELECT string_agg(t::text, ';' ORDER BY id) AS whole FROM ${table} t WHERE application_id = $1`,
      [scope.applicationId],
    );
    return rows[0].whole;
  });
  return (await Promise.all(texts)).join("\n");
}

describe("a session that is written", () => {
  const closed = (friend: string): SessionWrite => ({
    integrationId: "cart",
    profileIntegrationId: friend,
    state: "closed",
    referralCode: "code",
    codeKey: "CODE",
    redemptionId: null,
    data: {},
    effects: [],
  });
  /** Reads an open session of Ann's with a code of one place; storing it closed comes later. */
  const seen = async () => {
    await makeBatch(scope, [{ code: "CODE", usageLimit: 1 }]);
    await updateSession(admitted(scope), "cart", { profileId: "Ann" });
    const { session, found } = await look("Bob");
    const code = found.known;
    if (!session || !code) throw new Error("they were just made");
    const place = { code, now: new Date(), held: [] };
    return () => storeSession(askQuickly, scope.applicationId, session, closed("Bob"), place);
  };

  it("takes its place, and its customer is known", async () => {
    const store = await seen();
    expect(await store()).toMatchObject({ state: "closed", profileIntegrationId: "Bob", firstSession: true });
    expect((await look("Bob")).session?.redemptionId).toMatch(/^\d+$/);
  });

  it("is not, and neither is anything else, when it was moved since it was read", async () => {
    const store = await seen();
    await updateSession(admitted(scope), "cart", { profileId: "Cid" });
    const before = await everything();
    expect(await store()).toBeNull();
    expect(await everything()).toBe(before);
  });

  it("is not, and neither is anything else, when the last place went since", async () => {
    const store = await seen();
    await updateSession(admitted(scope), "other cart", { profileId: "Dan", referralCode: "code", state: "closed" });
    const before = await everything();
    expect(await store()).toBeNull();
    expect(await everything()).toBe(before);
  });
});

it("closes with two statements, whether it is new or not", async () => {
  await makeBatch(scope, [{ code: "CODE" }, { code: "SECOND" }]);
  const close = (session: string, referralCode: string, profileId: string) =>
    updateSession(admitted(scope), session, { state: "closed", referralCode, profileId });
  await updateSession(admitted(scope), "known", {});
  const submitted = vi.spyOn(pg.Query.prototype, "submit");
  await close("new", "CODE", "Ann");
  expect(submitted).toHaveBeenCalledTimes(2);
  await close("known", "SECOND", "Bob");
  expect(submitted).toHaveBeenCalledTimes(4);
  submitted.mockRestore();
});
