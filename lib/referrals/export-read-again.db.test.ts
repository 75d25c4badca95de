import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { tidied } from "@/lib/codes/rules";
import { db } from "@/lib/db";
import { commitImport } from "@/lib/imports/commands";
import { listProblems } from "@/lib/imports/queries";
import { stageImport } from "@/lib/imports/staging";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import type { ExportRequest } from "@/lib/referrals/export";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { admitted, makeCampaign } from "@/lib/testing/builders";
import { exportedFrom, someCode, store } from "@/lib/testing/exports";
import { hostileText } from "@/lib/testing/hostile";
import { sheetOf, sheetText, uploadedSheet } from "@/lib/testing/sheets";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const exported = (filter?: ReferralFilter, more?: Partial<ExportRequest>) => exportedFrom(scope, filter, more);

const listed = async () =>
  (await db.referral.findMany({ where: scope, orderBy: { code: "asc" } })).map((row) => [
    row.code,
    row.advocateIntegrationId,
    row.usageLimit,
    row.validFrom,
    row.validUntil,
    row.attributes,
  ]);

const integrationId = hostileText.map(tidied).filter((text) => text.length > 0); // as every way in leaves them
const instant = (min: string, max: string) =>
  fc.option(fc.date({ min: new Date(min), max: new Date(max), noInvalidDate: true }), { nil: null });
const table = fc.uniqueArray(
  fc.record({
    code: someCode,
    advocate: integrationId,
    friend: fc.option(integrationId, { nil: null }),
    limit: fc.integer({ min: 0, max: 999_999 }),
    from: instant("1900-01-01T00:00:00Z", "2026-06-01T00:00:00Z"),
    until: instant("2026-06-02T00:00:00Z", "9999-12-31T00:00:00Z"),
    attributes: fc.record(
      {
        vip: fc.boolean(),
        points: fc.double({ noNaN: true, noDefaultInfinity: true }),
        tags: fc.array(hostileText, { maxLength: 3 }),
      },
      { requiredKeys: [] },
    ),
  }),
  { selector: (row) => row.code, minLength: 1, maxLength: 12 },
);

describe("an export, read again", () => {
  it("that is made to be changed, uploaded as it is, changes nothing, whatever the codes hold", async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        scope = await makeCampaign();
        await store(scope, rows);
        const file = await uploadedSheet(scope, sheetText(await sheetOf(scope)));
        const { problems } = await listProblems(admitted(scope), file);
        expect(problems).toEqual([]);
        expect(file).toMatchObject({ rowCount: rows.length, reading: { changes: { rows: 0, cells: 0 } } });
      }),
      { numRuns: 25 },
    );
  });

  it("deleted and imported again gives the same list", async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        scope = await makeCampaign();
        await store(scope, rows);
        const before = await listed();
        const file = await exported();
        const ids = (await db.referral.findMany({ where: scope, select: { id: true } })).map(({ id }) => String(id));
        const plan = await planDelete(admitted(scope), { selection: { by: "ids", ids }, keepRedeemed: false });
        await applyPlan(admitted(scope), { planId: plan.planId });
        expect(await listed()).toEqual([]);

        const body = new Response(file).body;
        if (!body) throw new Error("no body");
        const importId = await stageImport(admitted(scope), { name: "export.csv", body });
        await commitImport(admitted(scope), { importId });
        expect(await listed()).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });
});
