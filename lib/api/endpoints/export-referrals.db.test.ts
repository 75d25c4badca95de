import { once } from "node:events";
import { get } from "node:http";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { address, caller, keyFor, withApi } from "@/lib/testing/api";
import { makeBatch, makeCampaign, makeLargeBatch } from "@/lib/testing/builders";

withApi();

let scope: CampaignIds = { applicationId: 0, campaignId: 0 };
let key = "";
let ask: ReturnType<typeof caller>;
let path = "";
beforeEach(async () => {
  scope = await makeCampaign();
  key = await keyFor(scope.applicationId, "management");
  ask = caller(address, `ManagementKey-v1 ${key}`);
  path = `/v1/applications/${scope.applicationId}/export_referrals`;
});
const header =
  "id,created,campaignid,advocateprofileintegrationid,friendprofileintegrationid,startdate,expirydate,code,importid,attributes,batchid,counter,limitval";
const codesOf = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[7])
    .sort();
const codes = async (query: string) => {
  const { status, text } = await ask("GET", `${path}?${query}`);
  return status === 200 ? codesOf(text) : [status];
};

/** A second campaign of the same application, with a code. */
async function otherCampaign(code: string): Promise<CampaignIds> {
  const { id } = await db.campaign.create({
    data: { applicationId: scope.applicationId, name: "Other", features: ["referrals"] },
  });
  const other = { ...scope, campaignId: id };
  await makeBatch(other, [{ code }]);
  return other;
}

describe("an export", () => {
  it("is CSV with the header and the dates of its format, and formulas made safe", async () => {
    const { batchId, ids } = await makeBatch(scope, [
      {
        code: "@DATED-1",
        usageLimit: 5,
        validFrom: "2030-01-31T10:05:27+01:00",
        validUntil: "2031-01-31T09:05:27Z",
        attributes: { tier: 'a"b' },
      },
    ]);
    await db.$executeRaw`UPDATE referral SET created = '2029-01-02T03:04:05.678Z', advocate_integration_id = '=cmd', friend_integration_id = '-bob' WHERE application_id = ${scope.applicationId}`;
    const row = (created: string, from: string, until: string) =>
      `${ids[0]},${created},${scope.campaignId},'=cmd,'-bob,${from},${until},'@DATED-1,,"{""tier"": ""a\\""b""}",${batchId},0,5\n`;
    const { status, text, headers } = await ask("GET", `${path}?campaignId=${scope.campaignId}`, undefined, {
      accept: "application/csv",
    });
    expect([status, text]).toEqual([
      200,
      `${header}\n${row("2029-01-02T03:04:05Z", "2030-01-31T09:05:27Z", "2031-01-31T09:05:27Z")}`,
    ]);
    expect(headers.get("content-type")).toMatch(/^application\/csv/);
    const excel = await ask("GET", `${path}?dateFormat=excel`);
    expect(excel.text).toBe(`${header}\n${row("2029-01-02 03:04:05", "2030-01-31 09:05:27", "2031-01-31 09:05:27")}`);
    const iso = await ask("GET", `${path}?dateFormat=ISO8601`);
    expect(iso.text).toBe(text);
  });

  it("is of a campaign or of the whole application, and a header alone where nothing matches", async () => {
    await makeBatch(scope, [{ code: "HERE-1" }]);
    const other = await otherCampaign("OTHER-1");
    await makeBatch(await makeCampaign(), [{ code: "FOREIGN-1" }]);
    expect(await codes("")).toEqual(["HERE-1", "OTHER-1"]);
    expect(await codes(`campaignId=${other.campaignId}`)).toEqual(["OTHER-1"]);
    expect((await ask("GET", `${path}?batchId=aaaaaaaa`)).text).toBe(`${header}\n`);
  });

  it("has the codes that all filters name, of one campaign and of all", async () => {
    const past = "2020-01-01T00:00:00Z";
    const ahead = "2090-01-01T00:00:00Z";
    const { batchId } = await makeBatch(scope, [
      { code: "PLAIN" },
      { code: "USED", usageLimit: 1, usageCounter: 1 },
      { code: "ENDED", validUntil: past },
      { code: "LATER", validFrom: ahead },
      { code: "FREE", usageLimit: 0, usageCounter: 3 },
    ]);
    await otherCampaign("OTHER-1");
    await db.$executeRaw`UPDATE referral SET created = '2025-05-05T00:00:00.500Z' WHERE application_id = ${scope.applicationId} AND code = 'PLAIN'`;
    for (const [where, others] of [
      [`campaignId=${scope.campaignId}&`, []],
      ["", ["OTHER-1"]],
    ] as const) {
      const sorted = (...names: string[]) => [...names, ...others].sort();
      expect(await codes(`${where}valid=expired`)).toEqual(["ENDED"]);
      expect(await codes(`${where}valid=validFuture`)).toEqual(["LATER"]);
      expect(await codes(`${where}valid=validNow`)).toEqual(sorted("PLAIN", "USED", "FREE"));
      expect(await codes(`${where}usable=false`)).toEqual(["USED"]);
      expect(await codes(`${where}usable=true&valid=validNow`)).toEqual(sorted("PLAIN", "FREE"));
      expect(await codes(`${where}createdBefore=2025-05-05T00:00:00.501Z`)).toEqual(["PLAIN"]);
      expect(await codes(`${where}createdBefore=2025-05-05T00:00:00.500Z`)).toEqual([]);
      expect(await codes(`${where}createdAfter=2025-05-05T02:00:00.500%2B02:00`)).toEqual(
        sorted("USED", "ENDED", "LATER", "FREE"),
      );
      expect(await codes(`${where}batchId=${batchId}&valid=expired`)).toEqual(["ENDED"]);
    }
  });

  it("is imported again as it is", async () => {
    await makeBatch(scope, [
      { code: "+BACK-1", usageLimit: 7, validUntil: "2031-01-31T09:05:27.123Z", attributes: { tier: "gold" } },
    ]);
    const { text } = await ask("GET", path);
    await db.$executeRaw`DELETE FROM referral WHERE application_id = ${scope.applicationId}`;
    const form = new FormData();
    form.set("upFile", new Blob([text]));
    const to = `/v1/applications/${scope.applicationId}/campaigns/${scope.campaignId}/import_referrals`;
    expect((await ask("POST", to, form)).status).toBe(200);
    const back = await db.referral.findFirstOrThrow({ where: scope });
    expect(back).toMatchObject({
      code: "+BACK-1",
      usageLimit: 7,
      validUntil: new Date("2031-01-31T09:05:27.123Z"),
      attributes: { tier: "gold" },
    });
  });

  it("has a head of its own, and ends when its reader leaves", async () => {
    await makeLargeBatch(scope, 60_000);
    expect(await ask("HEAD", path)).toMatchObject({ status: 200, text: "" });
    const request = get(`${address}${path}`, { headers: { authorization: `ManagementKey-v1 ${key}` } });
    const [response] = await once(request, "response");
    await once(response, "readable");
    request.destroy();
    const running = async () => {
      const { rows } = await pool.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%' AND state = 'active'",
      );
      return rows.length;
    };
    await expect.poll(running).toBe(0);
    const whole = await ask("GET", path);
    expect(whole.text.split("\n")).toHaveLength(60_002);
    await expect.poll(() => pool.idleCount === pool.totalCount).toBe(true);
  });
});

describe("what is refused", () => {
  it.each([
    ["valid=now", "valid"],
    ["usable=1", "usable"],
    ["createdBefore=2030-01-01", "createdBefore"],
    ["batchId=ABC", "batchId"],
    ["dateFormat=iso", "dateFormat"],
    ["code=x", "code"],
    ["campaignId=x", "campaignId"],
    ["usable=true&usable=false", "usable"],
  ])("%s: 400 with its name", async (query, parameter) => {
    const { status, body } = await ask("GET", `${path}?${query}`);
    expect([status, (body as { errors: { source: object }[] }).errors[0]?.source]).toEqual([400, { parameter }]);
  });

  it("an unknown campaign, and one of another application, in the same words; a key without the permission", async () => {
    const elsewhere = await makeCampaign();
    const told = async (id: number) => {
      const { status, text } = await ask("GET", `${path}?campaignId=${id}`);
      return [status, text.replace(/campaign \d+/g, "campaign")];
    };
    expect((await told(2_000_000_000))[0]).toBe(404);
    expect(await told(elsewhere.campaignId)).toEqual(await told(2_000_000_000));
    expect((await ask("GET", `/v1/applications/${elsewhere.applicationId}/export_referrals`)).status).toBe(403);
    const reader = await keyFor(scope.applicationId, "management", ["referrals.read"]);
    expect((await caller(address, `ManagementKey-v1 ${reader}`)("GET", path)).status).toBe(403);
  });
});
