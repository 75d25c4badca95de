import { beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { listConflicts } from "@/lib/imports/changes";
import { applyPlan } from "@/lib/operations/apply";
import { planRetry } from "@/lib/operations/control";
import { planDelete } from "@/lib/operations/delete";
import { getOperation, listChanges } from "@/lib/operations/queries";
import { admitted } from "@/lib/testing/builders";
import {
  applied,
  ask,
  ids,
  makeEmpty,
  makeSheet,
  makeSheetOf,
  meanwhile,
  now,
  refusedFor,
  scope,
  set,
  sheet,
  until,
  upload,
} from "@/lib/testing/changed-sheet";

beforeEach(makeSheet);

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
    expect(await refusedFor(applyPlan(admitted(scope), { planId: plan.planId }))).toBe("codes_changed");
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
    await makeEmpty();
    await db.attributeDefinition.updateMany({
      where: { applicationId: scope.applicationId },
      data: { restricted: false },
    });
    await makeSheetOf(all.map(({ was }, index) => ({ code: `THREE-${1000 + index}`, attributes: note(was) })));
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
