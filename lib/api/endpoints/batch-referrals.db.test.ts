import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { inlineLimit } from "@/lib/operations/rules";
import { planUndo } from "@/lib/operations/undo";
import { address, caller, keyFor, withApi } from "@/lib/testing/api";
import { admitted, countDrift, makeBatch, makeCampaign, makeLargeBatch, snapshot } from "@/lib/testing/builders";

withApi();

let scope: CampaignIds;
let ask: ReturnType<typeof caller>;
beforeEach(async () => {
  scope = await makeCampaign();
  ask = caller(address, `ManagementKey-v1 ${await keyFor(scope.applicationId, "management")}`);
});
const path = ({ applicationId, campaignId } = scope) =>
  `/v1/applications/${applicationId}/campaigns/${campaignId}/referrals`;
const operations = () =>
  db.operation.findMany({ where: { ...scope, kind: { in: ["edit", "delete"] } }, orderBy: { id: "asc" } });
const codes = async () =>
  (await db.referral.findMany({ where: scope, orderBy: { id: "asc" } })).map(({ code }) => code);
async function undo(operationId: bigint | undefined): Promise<void> {
  const { planId } = await planUndo(admitted(scope), { operationId: String(operationId) });
  await applyPlan(admitted(scope), { planId });
}

describe("a change of a batch", () => {
  it("is of all its codes and no others, one operation, and can be undone", async () => {
    const { batchId } = await makeBatch(scope, [
      { usageLimit: 1 },
      { usageLimit: 2, attributes: { tier: "gold", vip: true } },
    ]);
    await makeBatch(scope, [{ usageLimit: 3 }]);
    const before = await snapshot(scope);
    const change = { usageLimit: 7, startDate: "2027-01-01T00:00:00Z", attributes: { vip: null, points: 3 } };
    const { status, text } = await ask("PUT", path(), { batchID: batchId, ...change });
    expect([status, text]).toEqual([204, ""]);
    expect(
      await db.referral.findMany({
        where: scope,
        orderBy: { id: "asc" },
        select: { usageLimit: true, attributes: true },
      }),
    ).toEqual([
      { usageLimit: 7, attributes: { points: 3 } },
      { usageLimit: 7, attributes: { tier: "gold", points: 3 } },
      { usageLimit: 3, attributes: {} },
    ]);
    expect((await ask("PUT", path(), { batchID: batchId, ...change })).status).toBe(204);
    const [edit, ...more] = await operations();
    expect([edit?.kind, edit?.changed, edit?.actorName, more]).toEqual(["edit", 2, "management of the test", []]);
    await undo(edit?.id);
    expect(await snapshot(scope)).toBe(before);
  });

  it.each<[string, object, string]>([
    ["a limit that one code is above", { usageLimit: 3 }, "/usageLimit"],
    ["an end before a code's start", { expiryDate: "2027-01-01T00:00:00Z" }, "/expiryDate"],
    ["no limit", { usageLimit: null }, "/usageLimit"],
    ["a friend", { friendProfileIntegrationId: "x" }, "/friendProfileIntegrationId"],
    ["another spelling of the batch", { batchId: "abcdefgh" }, "/batchId"],
    ["an unknown attribute", { attributes: { size: 1 } }, "/attributes/size"],
  ])("to %s is refused for all of it", async (_, bad, pointer) => {
    const { batchId } = await makeBatch(scope, [
      { usageLimit: 9 },
      { usageLimit: 9, usageCounter: 4, validFrom: "2027-01-01T00:00:00Z" },
    ]);
    const before = await snapshot(scope);
    const { status, body } = await ask("PUT", path(), { batchID: batchId, ...bad });
    expect([status, body]).toEqual([
      400,
      {
        message: expect.any(String),
        errors: expect.arrayContaining([expect.objectContaining({ source: { pointer } })]),
      },
    ]);
    expect(await snapshot(scope)).toBe(before);
    expect(await operations()).toEqual([]);
  });

  it("needs a batch of this campaign", async () => {
    const other = await makeCampaign();
    const { batchId } = await makeBatch(other, [{}]);
    const before = await snapshot(other);
    expect((await ask("PUT", path(), { batchID: batchId, usageLimit: 1 })).status).toBe(404);
    expect((await ask("PUT", path(), { batchID: "abcdefgh", usageLimit: 1 })).status).toBe(404);
    expect((await ask("PUT", path(), { batchID: "ABC", usageLimit: 1 })).status).toBe(400);
    expect((await ask("PUT", path(), { usageLimit: 1 })).status).toBe(400);
    expect(
      (await ask("PUT", path({ ...scope, campaignId: other.campaignId }), { batchID: batchId, usageLimit: 1 })).status,
    ).toBe(404);
    expect((await ask("DELETE", `${path({ ...scope, campaignId: other.campaignId })}?usable=true`)).status).toBe(404);
    expect(await snapshot(other)).toBe(before);
  });
});

describe("a deletion by filter", () => {
  const past = "2020-01-01T00:00:00Z";
  const future = "2090-01-01T00:00:00Z";
  beforeEach(async () => {
    await makeBatch(scope, [
      { code: "PLAIN" },
      { code: "OVER", validUntil: past },
      { code: "AHEAD", validFrom: future },
      { code: "USED", usageLimit: 2, usageCounter: 2 },
      { code: "FREE", usageLimit: 0, usageCounter: 3 },
    ]);
  });

  it.each<[string, string[]]>([
    ["valid=expired", ["PLAIN", "AHEAD", "USED", "FREE"]],
    ["valid=validFuture", ["PLAIN", "OVER", "USED", "FREE"]],
    ["valid=validNow", ["OVER", "AHEAD"]],
    ["usable=false", ["PLAIN", "OVER", "AHEAD", "FREE"]],
    ["usable=true", ["USED"]],
    ["valid=validNow&usable=false", ["PLAIN", "OVER", "AHEAD", "FREE"]],
    [`createdAfter=${future}`, ["PLAIN", "OVER", "AHEAD", "USED", "FREE"]],
    [`createdBefore=${future}`, []],
    ["batchId=abcdefgh", ["PLAIN", "OVER", "AHEAD", "USED", "FREE"]],
  ])("%s leaves the others, and can be undone", async (query, left) => {
    const before = await snapshot(scope);
    const { status, text } = await ask("DELETE", `${path()}?${query}`);
    expect([status, text]).toEqual([204, ""]);
    expect(await codes()).toEqual(left);
    const [deletion] = await operations();
    expect(deletion?.changed ?? 0).toBe(5 - left.length);
    if (deletion) await undo(deletion.id);
    expect(await snapshot(scope)).toBe(before);
    expect(await countDrift(scope)).toBe(0);
  });

  it("goes by the batch", async () => {
    const { batchId } = await makeBatch(scope, [{ code: "OTHER" }]);
    expect((await ask("DELETE", `${path()}?batchId=${batchId}`)).status).toBe(204);
    expect(await codes()).toEqual(["PLAIN", "OVER", "AHEAD", "USED", "FREE"]);
  });

  it.each(["", "valid=", "valid=now", "usable=1", "createdBefore=2020", "batchid=abcdefgh", "batchId=", "all=true"])(
    "“%s” is refused",
    async (query) => {
      expect((await ask("DELETE", `${path()}?${query}`)).status).toBe(400);
      expect(await codes()).toHaveLength(5);
    },
  );
});

it("changes and deletes more codes than fit into a plan at once", async () => {
  const count = inlineLimit + 1;
  const batchId = await makeLargeBatch(scope, count);
  const before = await snapshot(scope);
  expect((await ask("PUT", path(), { batchID: batchId, usageLimit: 3 })).status).toBe(204);
  expect(await db.referral.count({ where: { ...scope, usageLimit: 3 } })).toBe(count);
  expect((await ask("DELETE", `${path()}?batchId=${batchId}`)).status).toBe(204);
  expect(await codes()).toEqual([]);
  expect((await operations()).map(({ kind, state, changed }) => [kind, state, changed])).toEqual([
    ["edit", "applied", count],
    ["delete", "applied", count],
  ]);
  expect(before).not.toBe("");
  expect(await countDrift(scope)).toBe(0);
});

it("refuses more than can be done at once, and names the dashboard", async () => {
  const { batchId } = await makeBatch(scope, [{}]);
  await db.batch.updateMany({ where: { ...scope, batchId }, data: { referralCount: 100_001 } });
  const { status, body } = await ask("PUT", path(), { batchID: batchId, usageLimit: 3 });
  expect([status, body]).toEqual([400, { message: expect.stringMatching(/100,000 .* dashboard/) }]);
});
