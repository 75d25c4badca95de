import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { planUndo } from "@/lib/operations/undo";
import { address, caller, keyFor, withApi } from "@/lib/testing/api";
import { admitted, makeBatch, makeCampaign, snapshot, type TestCode } from "@/lib/testing/builders";

withApi();

let scope: CampaignIds;
let ask: ReturnType<typeof caller>;
let id = "";
const full: TestCode = {
  code: "FULL-1",
  usageLimit: 5,
  usageCounter: 2,
  validFrom: "2027-01-01T00:00:00.120Z",
  validUntil: "2028-01-01T00:00:00Z",
  attributes: { tier: "gold", vip: true },
};
beforeEach(async () => {
  scope = await makeCampaign();
  ask = caller(address, `ManagementKey-v1 ${await keyFor(scope.applicationId, "management")}`);
  id = (await makeBatch(scope, [full])).ids[0] ?? "";
});
const path = (referralId = id, { applicationId, campaignId } = scope) =>
  `/v1/applications/${applicationId}/campaigns/${campaignId}/referrals/${referralId}`;
const edits = () =>
  db.operation.findMany({ where: { ...scope, kind: { in: ["edit", "delete"] } }, orderBy: { id: "asc" } });
async function undo(operationId: bigint | undefined): Promise<void> {
  const { planId } = await planUndo(admitted(scope), { operationId: String(operationId) });
  await applyPlan(admitted(scope), { planId });
}

describe("a change of one code", () => {
  it("sets every field, says what is stored, and can be undone", async () => {
    const before = await snapshot(scope);
    const { status, body } = await ask("PUT", path(), {
      friendProfileIntegrationId: "cust_bob",
      startDate: "2027-02-01T01:00:00.005+01:00",
      expiryDate: "2029-01-01T00:00:00Z",
      usageLimit: 0,
      attributes: { tier: "silver", points: 1.5, tags: ["a", "b"] },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: Number(id),
      campaignId: scope.campaignId,
      code: "FULL-1",
      friendProfileIntegrationId: "cust_bob",
      startDate: "2027-02-01T00:00:00.005Z",
      expiryDate: "2029-01-01T00:00:00.000Z",
      usageLimit: 0,
      usageCounter: 2,
      attributes: { tier: "silver", vip: true, points: 1.5, tags: ["a", "b"] },
    });
    const [edit] = await edits();
    expect([edit?.kind, edit?.state, edit?.actorKind, edit?.actorName]).toEqual([
      "edit",
      "applied",
      "key",
      "management of the test",
    ]);
    await undo(edit?.id);
    expect(await snapshot(scope)).toBe(before);
  });

  it("leaves what is left out, and clears what is null", async () => {
    const cleared = await ask("PUT", path(), { startDate: null, attributes: { vip: null } });
    expect(cleared.body).toMatchObject({
      usageLimit: 5,
      expiryDate: "2028-01-01T00:00:00.000Z",
      attributes: { tier: "gold" },
    });
    expect(cleared.body).not.toHaveProperty("startDate");
    const { body } = await ask("PUT", path(), { expiryDate: null, attributes: null, friendProfileIntegrationId: null });
    expect(body).toMatchObject({ usageLimit: 5, attributes: {} });
    expect(body).not.toHaveProperty("expiryDate");
  });

  it("that changes nothing answers as well, and leaves no trace", async () => {
    for (const same of [
      {},
      { usageLimit: 5 },
      { attributes: {} },
      { attributes: { tier: "gold" } },
      { usageLimit: 5, expiryDate: "2028-01-01T01:00:00+01:00" },
    ]) {
      const { status, body } = await ask("PUT", path(), same);
      expect([status, body]).toEqual([200, expect.objectContaining({ code: "FULL-1", usageLimit: 5 })]);
    }
    expect(await edits()).toEqual([]);
  });

  it("takes a limit of 0 or just what was redeemed", async () => {
    for (const usageLimit of [2, 0]) expect((await ask("PUT", path(), { usageLimit })).status).toBe(200);
  });

  const refusals: [string, object | string, string][] = [
    ["a limit below what was redeemed", { usageLimit: 1 }, "/usageLimit"],
    ["no limit", { usageLimit: null }, "/usageLimit"],
    ["a limit out of range", { usageLimit: 1_000_000 }, "/usageLimit"],
    ["a negative limit", { usageLimit: -1 }, "/usageLimit"],
    ["a limit as text", { usageLimit: "5" }, "/usageLimit"],
    ["a start after the end that it has", { startDate: "2028-01-01T00:00:00Z" }, "/startDate"],
    ["an end before the start that it has", { expiryDate: "2027-01-01T00:00:00.120Z" }, "/expiryDate"],
    ["dates that cross", { startDate: "2027-01-02T00:00:00Z", expiryDate: "2027-01-02T00:00:00Z" }, "/expiryDate"],
    ["a day alone", { startDate: "2027-01-02" }, "/startDate"],
    ["its advocate as the friend", { friendProfileIntegrationId: "cust_1" }, "/friendProfileIntegrationId"],
    ["an empty friend", { friendProfileIntegrationId: "" }, "/friendProfileIntegrationId"],
    ["an unknown attribute", { attributes: { size: 1 } }, "/attributes/size"],
    ["the removal of an unknown attribute", { attributes: { size: null } }, "/attributes/size"],
    ["an attribute of another type", { attributes: { vip: "yes" } }, "/attributes/vip"],
    ["an attribute that is not among the values", { attributes: { tier: "iron" } }, "/attributes/tier"],
    ["a long attribute", { attributes: { tags: Array.from({ length: 50 }, () => "x".repeat(9000)) } }, "/attributes"],
    ["a code", { code: "OTHER-1" }, "/code"],
    ["an advocate", { advocateProfileIntegrationId: "cust_2" }, "/advocateProfileIntegrationId"],
    ["a NUL", { friendProfileIntegrationId: "a\u0000" }, "/friendProfileIntegrationId"],
  ];
  it.each(refusals)("with %s is refused whole", async (_, bad, pointer) => {
    const before = await snapshot(scope);
    const { status, body } = await ask(
      "PUT",
      path(),
      typeof bad === "string" ? bad : { friendProfileIntegrationId: "f", ...bad },
    );
    expect([status, body]).toEqual([
      400,
      {
        message: expect.any(String),
        errors: expect.arrayContaining([expect.objectContaining({ source: { pointer } })]),
      },
    ]);
    expect(await snapshot(scope)).toBe(before);
    expect(await edits()).toEqual([]);
  });

  it("never does anything else than it answers, whatever it is sent", async () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(
        null,
        0,
        2,
        7,
        "",
        "f",
        "2027-06-01T00:00:00Z",
        "2030-01-01T00:00:00Z",
        {},
        { tier: "gold" },
        { vip: null },
      ),
    );
    const keys = ["friendProfileIntegrationId", "startDate", "expiryDate", "usageLimit", "attributes", "code"];
    const bodies = fc.dictionary(fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...keys) }, fc.string()), value, {
      maxKeys: 3,
    });
    await fc.assert(
      fc.asyncProperty(bodies, async (sent) => {
        const before = await snapshot(scope);
        const { status, body } = await ask("PUT", path(), sent);
        expect([200, 400]).toContain(status);
        if (status === 400) expect(await snapshot(scope)).toBe(before);
        else expect(body).toMatchObject({ code: "FULL-1", usageCounter: 2 });
      }),
      { numRuns: 150 },
    );
  });
});

describe("one code", () => {
  it("is deleted, redeemed or not, once; and comes back when that is undone", async () => {
    const before = await snapshot(scope);
    const first = await ask("DELETE", path());
    expect([first.status, first.text]).toEqual([204, ""]);
    expect(await snapshot(scope)).toBe("");
    expect((await ask("DELETE", path())).status).toBe(404);
    expect((await ask("PUT", path(), { usageLimit: 9 })).status).toBe(404);
    const operations = await edits();
    expect(operations.map(({ kind, actorKind }) => [kind, actorKind])).toEqual([["delete", "key"]]);
    await undo(operations[0]?.id);
    expect(await snapshot(scope)).toBe(before);
  });

  it("of another campaign or application looks unknown", async () => {
    const other = await makeCampaign();
    const theirs = (await makeBatch(other, [{}])).ids[0] ?? "";
    const before = await snapshot(other);
    const mine = await db.campaign.create({
      data: { applicationId: scope.applicationId, name: "B", features: ["referrals"] },
    });
    const places = [
      path(theirs),
      path(id, { ...scope, campaignId: mine.id }),
      path("999999999999999999"),
      path("0"),
      path("x"),
      path("1.5"),
    ];
    for (const place of places) {
      expect([place, (await ask("PUT", place, { usageLimit: 9 })).status]).toEqual([place, 404]);
      expect([place, (await ask("DELETE", place)).status]).toEqual([place, 404]);
    }
    expect((await ask("DELETE", path(theirs, other))).status).toBe(403);
    expect(await snapshot(other)).toBe(before);
    expect((await ask("DELETE", path())).status).toBe(204);
  });

  it("is left alone by keys that may not", async () => {
    const reader = caller(address, `Bearer ${await keyFor(scope.applicationId, "management", ["referrals.read"])}`);
    expect((await reader("PUT", path(), { usageLimit: 9 })).status).toBe(403);
    expect((await reader("DELETE", path())).status).toBe(403);
    const shop = caller(address, `ApiKey-v1 ${await keyFor(scope.applicationId, "integration")}`);
    expect((await shop("DELETE", path())).status).toBe(401);
  });
});
