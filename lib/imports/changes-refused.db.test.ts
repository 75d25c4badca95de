import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { getImport, type ImportDetail, listProblems } from "@/lib/imports/queries";
import { rereadImport } from "@/lib/imports/rereading";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { rowSentence } from "@/lib/referrals/row-reasons";
import { admitted, makeBatch, makeCampaign, redeemed, snapshot } from "@/lib/testing/builders";
import {
  applied,
  ask,
  from,
  ids,
  makeSheet,
  meanwhile,
  now,
  refusedFor,
  row,
  scope,
  set,
  sheet,
  until,
  upload,
} from "@/lib/testing/changed-sheet";
import { type Sheet, sheetOf, uploadedSheet } from "@/lib/testing/sheets";

beforeEach(makeSheet);

describe("what a code cannot take", () => {
  it("is refused by the plan as of any edit, and the others change", async () => {
    await redeemed(scope, ids[0] ?? "", 4);
    set(1, { "Redemption limit": "3" });
    set(2, { [until]: "2026-05-02" });
    set(3, { "Redemption limit": "10" });
    await meanwhile(2, { validFrom: { do: "set", value: "2026-07-01T00:00:00Z" } });
    const plan = await ask(await upload());
    expect(plan).toMatchObject({ changed: 1, refused: 2 });
    expect(plan.summary.refusals.map(({ refusal: why }) => why).sort()).toEqual([
      "limit_below_redemptions",
      "start_not_before_end",
    ]);
  });

  it.each<[string, (other: CampaignIds) => void | Promise<void>, [column: string, sentence: RegExp]]>([
    ["an emptied limit", () => void set(1, { "Redemption limit": "" }), ["Redemption limit", /cannot be left empty/]],
    ["a limit of letters", () => void set(1, { "Redemption limit": "many" }), ["Redemption limit", /whole number/]],
    ["a date of nothing", () => void set(1, { [until]: "soon" }), [until, /date/i]],
    ["an end before its start", () => void set(2, { [until]: "2026-04-01" }), [until, /after the startdate/]],
    [
      "a friend who is the advocate",
      () => void set(1, { "Friend's Integration ID": "cust_1" }),
      ["Friend's Integration ID", /own advocate/],
    ],
    [
      "a friend too long",
      () => void set(1, { "Friend's Integration ID": "x".repeat(1001) }),
      ["Friend's Integration ID", /1,000/],
    ],
    ["a value that is not allowed", () => void set(1, { "attributes.tier": "iron" }), ["attributes.tier", /bronze/]],
    ["another code", () => void set(1, { Code: "SHEET-9999" }), ["Code", /“SHEET-0001”, and a code cannot be changed/]],
    [
      "another advocate",
      () => void set(1, { "Advocate's Integration ID": "eve" }),
      ["Advocate's Integration ID", /“cust_1”/],
    ],
    ["no key", () => void set(1, { "Upload key": "" }), ["Upload key", /no upload key/]],
    [
      "a key that was cut",
      () => void set(1, { "Upload key": row(1)["Upload key"]?.slice(0, -1) ?? "" }),
      ["Upload key", /changed or cut/],
    ],
    [
      "the key of another row",
      () => void set(1, { "Upload key": row(2)["Upload key"] ?? "" }),
      ["Code", /“SHEET-0002”/],
    ],
    ["a row twice", () => void sheet.unshift({ ...row(1) }), ["Code", /Line 2 has this code already/]],
    [
      "a code of another campaign",
      async () => {
        const { applicationId } = scope;
        const { id: campaignId } = await db.campaign.create({
          data: { applicationId, name: "Other", features: ["referrals"] },
        });
        await makeBatch({ applicationId, campaignId }, [{}]);
        sheet.unshift(...(await sheetOf({ applicationId, campaignId })));
      },
      ["Upload key", /campaign \d+\. Upload the file there/],
    ],
    [
      "a code of another application",
      async () => {
        const other = await makeCampaign();
        await makeBatch(other, [{}]);
        sheet.unshift(...(await sheetOf(other)));
      },
      ["Upload key", /another application/],
    ],
    [
      "a code that was deleted",
      async () => {
        const selection = { by: "ids" as const, ids: [ids[0] ?? ""] };
        const { planId } = await planDelete(admitted(scope), { selection, keepRedeemed: false });
        await applyPlan(admitted(scope), { planId });
      },
      ["Code", /deleted since/],
    ],
  ])("is refused at its row and column: %s", async (_, change, [column, sentence]) => {
    set(3, { "Redemption limit": "10" });
    await change(scope);
    const before = await snapshot(scope);
    const file = await upload();
    expect(file.failedCount).toBe(1);
    const { problems } = await listProblems(admitted(scope), file);
    expect(problems).toHaveLength(problems[0]?.column === "Code" && /0002/.test(String(sentence)) ? 2 : 1);
    expect(problems[0]?.column).toBe(column);
    expect(rowSentence(problems[0]?.reason as never)).toMatch(sentence);
    expect(await refusedFor(ask(file))).toBe("import_refused");
    expect(await snapshot(scope)).toBe(before);
    const done = await applied(file, { onlyGood: true });
    expect(done).toMatchObject({ changed: 1 });
    expect(await now(3)).toMatchObject({ usageLimit: 10 });
    expect(await db.importRow.count({ where: { importId: BigInt(file.id) } })).toBe(1); // the refused row stays a file
  });
});

describe("a spreadsheet", () => {
  it("may write dates, times, letters and lines its own way without changing a cell", async () => {
    set(1, { [until]: "31/01/2027" });
    set(2, {
      [from]: "01/05/2026 12:00",
      "attributes.vip": "TRUE",
      "attributes.tags": '["a","b"]',
      "Redemption limit": "0",
    });
    set(3, { Code: " sheet-0003 " });
    const file = await uploadedSheet(scope, sheet);
    expect(file).toMatchObject({ failedCount: 0, reading: { changes: { rows: 0, cells: 0 }, order: "day" } });
  });

  it("whose columns were renamed or removed is read as somebody says, and the rest stays", async () => {
    set(1, { "Redemption limit": "7", [until]: "2027-03-31" });
    const kept = sheet.map(({ Code, "Redemption limit": limit, "Upload key": key }) => ({
      Code,
      Zahl: limit,
      "Upload key": key,
    }));
    const file = await uploadedSheet(scope, kept as Sheet);
    expect(file.reading).toMatchObject({
      changes: { rows: 0, cells: 0 },
      fields: ["code", null, "uploadkey"],
      unsure: [1],
    });
    const { importId } = await rereadImport(admitted(scope), {
      importId: file.id,
      fields: ["code", "limitval", "uploadkey"],
      namesAreRow: false,
    });
    const again = (await getImport(admitted(scope), importId)) as ImportDetail;
    expect(again.reading.changes).toEqual({ rows: 1, cells: 1 });
    await applied(again);
    expect(await now(1)).toMatchObject({ usageLimit: 7, validUntil: new Date("2027-01-31T23:00:00Z") });
  });
});
