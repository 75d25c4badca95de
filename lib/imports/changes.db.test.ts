import { beforeEach, describe, expect, it } from "vitest";
import { person } from "@/lib/access/actor";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { listConflicts, planChanges } from "@/lib/imports/changes";
import { commitImport, discardImport } from "@/lib/imports/commands";
import { getImport, type ImportDetail, listProblems } from "@/lib/imports/queries";
import { rereadImport } from "@/lib/imports/rereading";
import { planChangesInput } from "@/lib/imports/schema";
import { applyPlan } from "@/lib/operations/apply";
import { approvePlan, askApproval, withdrawPlan } from "@/lib/operations/approval";
import { undoAtOnce } from "@/lib/operations/at-once";
import { planAnew, planRetry } from "@/lib/operations/control";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { getOperation, listChanges, listHistory } from "@/lib/operations/queries";
import { editChangesField } from "@/lib/operations/schema";
import { rowSentence } from "@/lib/referrals/row-reasons";
import { scheduleEdit } from "@/lib/schedules/commands";
import { admitted, makeBatch, makeCampaign, redeemed, snapshot } from "@/lib/testing/builders";
import { type Sheet, sheetOf, uploadedSheet } from "@/lib/testing/sheets";
import { sweep } from "@/lib/testing/work";

let scope: CampaignIds;
let ids: string[];
let sheet: Sheet;
beforeEach(async () => {
  scope = await makeCampaign();
  const codes = [
    { code: "SHEET-0001", usageLimit: 5, validUntil: "2027-01-31T23:00:00Z", attributes: { tier: "gold", points: 3 } },
    {
      code: "SHEET-0002",
      usageLimit: 0,
      validFrom: "2026-05-01T10:00:15Z",
      attributes: { vip: true, tags: ["a", "b"] },
    },
    { code: "SHEET-0003", usageLimit: 9 },
  ];
  ids = (await makeBatch(scope, codes)).ids;
  sheet = await sheetOf(scope);
});

const [from, until] = ["Valid from (Europe/Berlin)", "Valid until (Europe/Berlin)"];
const row = (number: number) => sheet[number - 1] as Record<string, string>;
const set = (number: number, cells: Record<string, string>) => Object.assign(row(number), cells);
const upload = () => uploadedSheet(scope, sheet);
const ask = (file: ImportDetail, more: Partial<ReturnType<typeof planChangesInput.parse>> = {}) =>
  planChanges(admitted(scope), { ...planChangesInput.parse({ ...scope, importId: file.id }), ...more });
const applied = async (file: ImportDetail, more: Parameters<typeof ask>[1] = {}) =>
  applyPlan(admitted(scope), { planId: (await ask(file, more)).planId });
const now = (number: number) =>
  db.referral.findFirstOrThrow({ where: { ...scope, id: BigInt(ids[number - 1] ?? "0") } });

async function refusal(promise: Promise<unknown>): Promise<string | undefined> {
  const thrown = await promise.catch((error: unknown) => error);
  return thrown instanceof DomainError ? thrown.reason.reason : undefined;
}

/** An edit by somebody else, after the file was made. */
async function meanwhile(number: number, changes: Parameters<typeof editChangesField.parse>[0]): Promise<void> {
  const selection = { by: "ids" as const, ids: [ids[number - 1] ?? ""] };
  const { planId } = await planEdit(admitted(scope), { selection, changes: editChangesField.parse(changes) });
  await applyPlan(admitted(scope), { planId });
}

describe("a file whose changes need approval", () => {
  it("is kept while they wait, over a day, and is applied once they are approved", async () => {
    await db.application.update({ where: { id: scope.applicationId }, data: { approvalAbove: 0 } });
    set(1, { "Redemption limit": "6" });
    const file = await upload();
    const plan = await ask(file);
    await expect(applyPlan(admitted(scope), plan)).rejects.toMatchObject({ code: "forbidden" });
    await askApproval(admitted(scope), { planId: plan.planId, note: "" });
    await db.import.updateMany({ where: scope, data: { created: new Date(Date.now() - 25 * 3_600_000) } });
    await sweep();
    const boris = person({ id: "boris", name: "Boris", administrator: true, roles: new Map() });
    await approvePlan(admitted(scope, boris), { operationId: plan.planId });
    expect(await now(1)).toMatchObject({ usageLimit: 6 });
    expect(await getImport(admitted(scope), file.id)).toMatchObject({ operationId: BigInt(plan.planId) });
  });

  it("is planned again once the request is withdrawn", async () => {
    await db.application.update({ where: { id: scope.applicationId }, data: { approvalAbove: 0 } });
    set(1, { "Redemption limit": "6" });
    const { planId } = await ask(await upload());
    await askApproval(admitted(scope), { planId, note: "" });
    await withdrawPlan(admitted(scope), { operationId: planId });
    expect(await planAnew(admitted(scope), { operationId: planId })).toMatchObject({ changed: 1, approvalAbove: 0 });
  });

  it("is found gone where somebody discarded it meanwhile", async () => {
    await db.application.update({ where: { id: scope.applicationId }, data: { approvalAbove: 0 } });
    set(1, { "Redemption limit": "6" });
    const file = await upload();
    const { planId } = await ask(file);
    await askApproval(admitted(scope), { planId, note: "" });
    await discardImport(admitted(scope), { importId: file.id });
    const boris = person({ id: "boris", name: "Boris", administrator: true, roles: new Map() });
    expect(await refusal(approvePlan(admitted(scope, boris), { operationId: planId }))).toBe("file_gone");
    expect(await now(1)).toMatchObject({ usageLimit: 5 });
  });
});

describe("a file to change and upload again", () => {
  it("changes nothing as it was exported", async () => {
    expect(Object.keys(row(1))).toEqual(
      [
        "Code",
        "Advocate's Integration ID",
        "Redemptions",
        "Redemption limit",
        from,
        until,
        "Friend's Integration ID",
      ].concat(["attributes.points", "attributes.tags", "attributes.tier", "attributes.vip", "Upload key"]),
    );
    expect(row(2)).toMatchObject({ "Redemption limit": "unlimited", [from]: "2026-05-01 12:00:15", [until]: "" });
    const file = await upload();
    expect(file).toMatchObject({ rowCount: 3, failedCount: 0, reading: { changes: { rows: 0, cells: 0 } } });
    expect(await refusal(ask(file))).toBe("import_unchanged");
    expect(await refusal(commitImport(admitted(scope), { importId: file.id }))).toBe("import_changes");
  });

  it("changes the cells that were changed, as one edit that is planned, recorded and undone", async () => {
    const before = await snapshot(scope);
    set(1, { "Redemption limit": "7", [until]: "", "attributes.tier": "silver", "attributes.points": "" });
    set(2, {
      [from]: "2026-06-01",
      "Friend's Integration ID": "friend-1",
      "attributes.vip": "no",
      "attributes.tags": "a, c",
    });
    const file = await upload();
    expect(file.reading.changes).toEqual({ rows: 2, cells: 8 });
    const plan = await ask(file);
    expect(plan).toMatchObject({ kind: "edit", effect: "edit", matched: 2, changed: 2, same: 0, refused: 0 });
    expect(plan.summary.steps).toContainEqual({ field: "usageLimit", before: 5, after: 7, count: 1 });
    expect(await snapshot(scope)).toBe(before);
    const { operationId } = await applyPlan(admitted(scope), { planId: plan.planId });
    expect(await now(1)).toMatchObject({ usageLimit: 7, validUntil: null, attributes: { tier: "silver" } });
    expect(await now(2)).toMatchObject({
      validFrom: new Date("2026-05-31T22:00:00Z"),
      friendIntegrationId: "friend-1",
      attributes: { vip: false, tags: ["a", "c"] },
    });
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ kind: "edit", fileName: "changed.csv" });
    expect((await listHistory(admitted(scope), ids[0] ?? "", 5))[0]).toMatchObject({ operationId, kind: "edit" });
    expect((await getImport(admitted(scope), file.id))?.committed).toMatchObject({ operationId, codes: 2, left: 0 });
    expect(await db.importRow.count({ where: { importId: BigInt(file.id) } })).toBe(0);
    await undoAtOnce(admitted(scope), { operationId });
    expect(await snapshot(scope)).toBe(before);
  });

  it("is applied once, and not after it was discarded", async () => {
    set(1, { "Redemption limit": "7" });
    const file = await upload();
    const [one, other] = [await ask(file), await ask(file)];
    await applyPlan(admitted(scope), { planId: one.planId });
    expect(await applyPlan(admitted(scope), { planId: one.planId })).toMatchObject({ repeated: true });
    expect(await refusal(applyPlan(admitted(scope), { planId: other.planId }))).toBe("file_gone");
    expect(await refusal(ask(file))).toBe("import_committed");
    expect(await refusal(discardImport(admitted(scope), { importId: file.id }))).toBe("import_committed");
    set(1, { "Redemption limit": "8" });
    const second = await upload();
    const plan = await ask(second, { conflicts: "overwrite" });
    await discardImport(admitted(scope), { importId: second.id });
    expect(await refusal(applyPlan(admitted(scope), { planId: plan.planId }))).toBe("file_gone");
    expect(await now(1)).toMatchObject({ usageLimit: 7 });
  });

  it("is no plan for another moment, and no change of codes where it makes some", async () => {
    set(1, { "Redemption limit": "7" });
    const plan = await ask(await upload());
    const starts = new Date(Date.now() + 3_600_000);
    const scheduled = scheduleEdit(admitted(scope), { planId: plan.planId, starts, ends: null });
    expect(await refusal(scheduled)).toBe("file_not_scheduled");
    const creating = await uploadedSheet(scope, "code,advocateprofileintegrationid\nNEWCODE-1,a\n");
    expect(creating.reading.changes).toBeNull();
    expect(await refusal(ask(creating))).toBe("import_creates");
  });
});

describe("what others changed since the file was made", () => {
  it("stays where the file has it as it was", async () => {
    await meanwhile(1, { usageLimit: { do: "set", value: 50 }, attributes: { tier: { do: "set", value: "bronze" } } });
    set(1, { "attributes.points": "4" });
    await applied(await upload());
    expect(await now(1)).toMatchObject({ usageLimit: 50, attributes: { tier: "bronze", points: 4 } });
  });

  it("is a conflict, cell by cell, where the file has something else: left, or overwritten", async () => {
    await meanwhile(1, { usageLimit: { do: "set", value: 50 } });
    await meanwhile(3, {
      usageLimit: { do: "set", value: 60 },
      validUntil: { do: "set", value: "2028-01-01T00:00:00Z" },
    });
    set(1, { "Redemption limit": "7", "attributes.points": "4" });
    set(3, { "Redemption limit": "8", [until]: "2028-01-01 01:00" }); // the same end
    const file = await upload();
    const { conflicts, ...counts } = await listConflicts(admitted(scope), file);
    expect(counts).toEqual({ cells: 2, codes: 2 });
    expect(conflicts).toMatchObject([
      { code: "SHEET-0001", field: "usageLimit", was: 5, wanted: 7, now: 50, by: { actor: "Tester" } },
      { code: "SHEET-0003", field: "usageLimit", was: 9, wanted: 8, now: 60 },
    ]);
    const overwriting = await ask(file, { conflicts: "overwrite" });
    expect(overwriting).toMatchObject({ changed: 2, refused: 0, summary: { kept: [] } });
    const plan = await ask(file, { replaces: overwriting.planId });
    expect(plan).toMatchObject({ matched: 2, changed: 1, same: 0, refused: 1 });
    expect(plan.summary.refusals).toMatchObject([{ refusal: "changed_since", codes: ["SHEET-0003"] }]);
    expect(plan.summary.kept).toMatchObject([{ field: "usageLimit", count: 2 }]);
    const { operationId } = await applyPlan(admitted(scope), { planId: plan.planId });
    expect([await now(1), await now(3)]).toMatchObject([
      { usageLimit: 50, attributes: { tier: "gold", points: 4 } },
      { usageLimit: 60 },
    ]);
    const left = await listChanges(admitted(scope), operationId, { show: "refused", before: null, size: 5 });
    expect(left.rows).toMatchObject([
      { before: { usageLimit: 9 }, after: { usageLimit: 8 }, kept: { usageLimit: 60 } },
    ]);

    // what was left as a whole can be tried again, and is then written
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ leftForRetry: true });
    const again = await planRetry(admitted(scope), { operationId });
    expect(again).toMatchObject({ kind: "edit", changed: 1, refused: 0 });
    const retried = await applyPlan(admitted(scope), { planId: again.planId });
    expect(await now(3)).toMatchObject({ usageLimit: 8 });
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ leftForRetry: false });
    expect(await getOperation(admitted(scope), retried.operationId)).toMatchObject({ repeatsId: operationId });
  });

  it("between the plan and its applying is drift, and a conflict of the next plan", async () => {
    set(1, { "Redemption limit": "7" });
    const file = await upload();
    const plan = await ask(file);
    await meanwhile(1, { usageLimit: { do: "set", value: 50 } });
    expect(await refusal(applyPlan(admitted(scope), { planId: plan.planId }))).toBe("codes_changed");
    expect(await ask(file, { replaces: plan.planId })).toMatchObject({ changed: 0, refused: 1 });
    expect((await listConflicts(admitted(scope), file)).cells).toBe(1);
  });

  it("can be a deletion: the code is left, and said", async () => {
    set(1, { "Redemption limit": "7" });
    set(3, { "Redemption limit": "7" });
    const file = await upload();
    const selection = { by: "ids" as const, ids: [ids[2] ?? ""] };
    const { planId } = await planDelete(admitted(scope), { selection, keepRedeemed: false });
    await applyPlan(admitted(scope), { planId });
    const plan = await ask(file);
    expect(plan).toMatchObject({ matched: 2, changed: 1, refused: 1 });
    expect(plan.summary.refusals).toMatchObject([{ refusal: "gone", codes: ["SHEET-0003"] }]);
  });
});

describe("a cell as it was, as the file has it, and as it is now", () => {
  const held = [null, "a", "b", "c"];
  const all = held.flatMap((was) => held.flatMap((wanted) => held.map((present) => ({ was, wanted, present }))));

  it.each(["skip", "overwrite"] as const)("is changed, left or refused by these three alone: %s", async (conflicts) => {
    const note = (value: string | null) => (value === null ? {} : { tier: value });
    scope = await makeCampaign();
    await db.attributeDefinition.updateMany({
      where: { applicationId: scope.applicationId },
      data: { restricted: false },
    });
    const made = all.map(({ was }, index) => ({ code: `THREE-${1000 + index}`, attributes: note(was) }));
    ({ ids } = await makeBatch(scope, made));
    sheet = await sheetOf(scope);
    for (const [index, { was, wanted, present }] of all.entries()) {
      Object.assign(sheet[index] ?? {}, { "attributes.tier": wanted ?? "" });
      if (present !== was)
        await meanwhile(index + 1, {
          attributes: { tier: present === null ? { do: "remove" } : { do: "set", value: present } },
        });
    }
    const file = await upload();
    const isConflict = ({ was, wanted, present }: (typeof all)[number]) =>
      wanted !== was && present !== was && present !== wanted;
    expect((await listConflicts(admitted(scope), file)).cells).toBe(all.filter(isConflict).length);
    const plan = await ask(file, { conflicts });
    const changed = all.filter((cell) => cell.wanted !== cell.was);
    expect(plan.matched).toBe(changed.length);
    expect(plan.same).toBe(changed.filter(({ wanted, present }) => wanted === present).length);
    expect(plan.refused).toBe(conflicts === "skip" ? all.filter(isConflict).length : 0);
    await applyPlan(admitted(scope), { planId: plan.planId });
    const codes = await db.referral.findMany({ where: scope, orderBy: { code: "asc" } });
    expect(codes.map(({ attributes }) => attributes)).toEqual(
      all.map((cell) => {
        const left = cell.wanted === cell.was || (isConflict(cell) && conflicts === "skip");
        return note(left ? cell.present : cell.wanted);
      }),
    );
  });
});

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
    expect(await refusal(ask(file))).toBe("import_refused");
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
