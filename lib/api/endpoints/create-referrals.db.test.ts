import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { planUndo } from "@/lib/operations/undo";
import { address, caller, keyFor, withApi } from "@/lib/testing/api";
import { admitted, countDrift, makeBatch, makeCampaign, snapshot } from "@/lib/testing/builders";

withApi();

let scope: CampaignIds;
let ask: ReturnType<typeof caller>;
beforeEach(async () => {
  scope = await makeCampaign();
  ask = caller(address, `ApiKey-v1 ${await keyFor(scope.applicationId, "integration")}`);
});
const path = "/v1/referrals_for_multiple_advocates";
const asked = (more: object = {}) => ({
  campaignId: scope.campaignId,
  advocateProfileIntegrationIds: ["ann", "bob"],
  ...more,
});
const stored = () => db.referral.findMany({ where: scope, orderBy: { id: "asc" } });
const operations = () => db.operation.findMany({ where: { ...scope, kind: "create" }, orderBy: { id: "asc" } });

describe("codes for many advocates", () => {
  it("are one for each entry, in one batch, answered in their order; and can be undone", async () => {
    const ids = ["ann", "bob", "ann", "two\nlines", "c,\"d\" 'e'", "  trimmed ", "顧客 / 7%", "x".repeat(1000)];
    const { status, body } = await ask("POST", `${path}?silent=no`, {
      ...asked({ advocateProfileIntegrationIds: ids }),
      startDate: "2030-01-31T10:05:27.993+01:00",
      expiryDate: "2031-01-01T00:00:00Z",
      usageLimit: 5,
      attributes: { tier: "gold" },
      validCharacters: ["A", "b", "7"],
      referralPattern: "VIP-####-####",
    });
    expect(status).toBe(201);
    const rows = await stored();
    expect(body).toEqual({
      totalResultSize: ids.length,
      data: ids.map((id, n) => ({
        id: Number(rows[n]?.id),
        created: rows[n]?.created.toISOString(),
        campaignId: scope.campaignId,
        code: rows[n]?.code,
        advocateProfileIntegrationId: id.trim(),
        usageLimit: 5,
        usageCounter: 0,
        startDate: "2030-01-31T09:05:27.993Z",
        expiryDate: "2031-01-01T00:00:00.000Z",
        attributes: { tier: "gold" },
        batchId: expect.stringMatching(/^[a-z]{8}$/),
      })),
    });
    for (const { code } of rows) expect(code).toMatch(/^VIP-[AB7]{4}-[AB7]{4}$/);
    expect(new Set(rows.map(({ code }) => code)).size).toBe(ids.length);
    expect(new Set(rows.map(({ batchId }) => batchId)).size).toBe(1);
    const [made, ...more] = await operations();
    expect([made?.changed, made?.actorKind, made?.actorName, more]).toEqual([
      ids.length,
      "key",
      "integration of the test",
      [],
    ]);
    const { planId } = await planUndo(admitted(scope), { operationId: String(made?.id) });
    await applyPlan(admitted(scope), { planId });
    expect(await snapshot(scope)).toBe("");
    expect(await countDrift(scope)).toBe(0);
  });

  it("are not answered unless that is asked for, and are drawn as the campaign says", async () => {
    for (const query of ["", "?silent=yes"]) {
      const { status, text } = await ask("POST", path + query, asked());
      expect([status, text]).toEqual([204, ""]);
    }
    const rows = await stored();
    expect(rows.map(({ advocateIntegrationId, usageLimit }) => [advocateIntegrationId, usageLimit])).toEqual([
      ["ann", 0],
      ["bob", 0],
      ["ann", 0],
      ["bob", 0],
    ]);
    for (const { code } of rows) expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
    expect(new Set(rows.map(({ batchId }) => batchId)).size).toBe(2);
  });

  it("are up to a thousand at once", async () => {
    const ids = Array.from({ length: 1000 }, (_, n) => `advocate.${n}@example.com`);
    const { status, body } = await ask("POST", `${path}?silent=no`, asked({ advocateProfileIntegrationIds: ids }));
    const { data } = body as { data: { advocateProfileIntegrationId: string }[] };
    expect([status, data.map((row) => row.advocateProfileIntegrationId)]).toEqual([201, ids]);
  });

  it("are made once for an Idempotency-Key, also after a crash", async () => {
    const once = { "idempotency-key": "order 1" };
    const first = await ask("POST", `${path}?silent=no`, asked(), once);
    await db.apiAnswer.updateMany({
      where: { applicationId: scope.applicationId },
      data: { status: null, body: null, leaseUntil: new Date(0) },
    });
    const second = await ask("POST", `${path}?silent=no`, asked(), once);
    expect([first.status, second.text]).toEqual([201, first.text]);
    expect(await stored()).toHaveLength(2);
  });

  it("are others for the same Idempotency-Key a day later", async () => {
    const once = { "idempotency-key": "every month" };
    const made = async () => (await ask("POST", `${path}?silent=no`, asked(), once)).text;
    const first = await made();
    const past = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const place = { where: { applicationId: scope.applicationId } };
    await db.apiAnswer.updateMany({ ...place, data: { created: past(23) } });
    await db.operation.updateMany({ ...place, data: { applied: past(23) } });
    expect(await made()).toBe(first);
    await db.apiAnswer.deleteMany(place);
    await db.operation.updateMany({ ...place, data: { applied: past(25) } });
    expect(await made()).not.toBe(first);
    expect(await operations()).toHaveLength(2);
  });

  it("that a pattern has hardly room for are the last ones; then it says how many it can still give", async () => {
    const few = { referralPattern: "ROOM#", validCharacters: ["A", "B", "C"] };
    expect((await ask("POST", path, asked(few))).status).toBe(204);
    const before = await snapshot(scope);
    const { status, body } = await ask("POST", path, asked(few));
    expect([status, body]).toMatchObject([
      400,
      {
        StatusCode: 400,
        errors: [{ source: { pointer: "/referralPattern" }, details: expect.stringMatching(/1 is left/) }],
      },
    ]);
    expect(await snapshot(scope)).toBe(before);
    expect((await ask("POST", path, asked({ ...few, advocateProfileIntegrationIds: ["ann"] }))).status).toBe(204);
  });

  const cases: [string, object, string][] = [
    ["nobody", { advocateProfileIntegrationIds: [] }, "/advocateProfileIntegrationIds"],
    [
      "more than a thousand",
      { advocateProfileIntegrationIds: Array.from({ length: 1001 }, () => "a") },
      "/advocateProfileIntegrationIds",
    ],
    ["one text", { advocateProfileIntegrationIds: "ann" }, "/advocateProfileIntegrationIds"],
    ["an empty ID", { advocateProfileIntegrationIds: ["ann", ""] }, "/advocateProfileIntegrationIds/1"],
    ["a number as an ID", { advocateProfileIntegrationIds: ["ann", 7] }, "/advocateProfileIntegrationIds/1"],
    ["a long ID", { advocateProfileIntegrationIds: ["x".repeat(1001)] }, "/advocateProfileIntegrationIds/0"],
    ["a NUL", { advocateProfileIntegrationIds: ["a\u0000b"] }, "/advocateProfileIntegrationIds/0"],
    ["a friend", { friendProfileIntegrationId: "x" }, "/friendProfileIntegrationId"],
    ["a code", { code: "MINE-1" }, "/code"],
    ["dates that cross", { startDate: "2030-01-01T00:00:00Z", expiryDate: "2030-01-01T00:00:00Z" }, "/expiryDate"],
    ["null for a date", { startDate: null }, "/startDate"],
    ["a limit out of range", { usageLimit: -1 }, "/usageLimit"],
    ["an unknown attribute", { attributes: { size: 1 } }, "/attributes/size"],
    ["an attribute of another type", { attributes: { vip: "yes" } }, "/attributes/vip"],
    ["two characters in one", { validCharacters: ["AB"] }, "/validCharacters/0"],
    ["one character", { validCharacters: ["A"] }, "/validCharacters"],
    ["characters that no code has", { validCharacters: ["A", " "] }, "/validCharacters"],
    ["a short pattern", { referralPattern: "##" }, "/referralPattern"],
    ["a long pattern", { referralPattern: "#".repeat(101) }, "/referralPattern"],
    ["a pattern with a space", { referralPattern: "A ####" }, "/referralPattern"],
  ];
  it.each(cases)("are not made for %s", async (_, bad, pointer) => {
    const { status, body } = await ask("POST", path, asked(bad));
    expect([status, body]).toEqual([
      400,
      {
        message: expect.any(String),
        errors: expect.arrayContaining([expect.objectContaining({ source: { pointer } })]),
        StatusCode: 400,
      },
    ]);
    expect(await stored()).toEqual([]);
    expect(await operations()).toEqual([]);
  });

  it("are not made without a campaign that has the feature, or with another word for silent", async () => {
    const other = await makeCampaign();
    const off = await db.campaign.create({ data: { applicationId: scope.applicationId, name: "Off", features: [] } });
    expect((await ask("POST", path, asked({ campaignId: other.campaignId }))).status).toBe(404);
    expect((await ask("POST", path, asked({ campaignId: 2_000_000_000 }))).status).toBe(404);
    for (const place of [path, "/v1/referrals"]) {
      const who = place === path ? asked() : { advocateProfileIntegrationId: "ann" };
      const { status, body } = await ask("POST", place, { ...who, campaignId: off.id });
      expect([status, body]).toMatchObject([400, { message: expect.stringMatching(/referrals feature/) }]);
    }
    expect((await ask("POST", `${path}?silent=maybe`, asked())).status).toBe(400);
    expect(
      await db.referral.count({ where: { applicationId: { in: [scope.applicationId, other.applicationId] } } }),
    ).toBe(0);
  });
});

describe("one code", () => {
  it("is drawn as the campaign says, and the last ones of a pattern too; then it is refused", async () => {
    await db.campaign.updateMany({
      where: { applicationId: scope.applicationId },
      data: { codePattern: "LAST-#", codeCharacters: "ABC" },
    });
    await makeBatch(scope, [{ code: "LAST-A" }]);
    const one = { campaignId: scope.campaignId, advocateProfileIntegrationId: "ann" };
    const answers = await Promise.all([1, 2].map(() => ask("POST", "/v1/referrals", one)));
    expect(answers.map(({ body }) => (body as { code: string }).code).sort()).toEqual(["LAST-B", "LAST-C"]);
    const { status, body } = await ask("POST", "/v1/referrals", one);
    expect([status, body]).toMatchObject([400, { errors: [{ source: { pointer: "/campaignId" } }] }]);
    expect(await stored()).toHaveLength(3);
  });
});
