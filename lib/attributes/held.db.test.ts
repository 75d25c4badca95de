import { beforeEach, describe, expect, it } from "vitest";
import { createAttribute, deleteAttribute } from "@/lib/attributes/commands";
import { holdAttributes, usedOf } from "@/lib/attributes/held";
import type { AttributeType } from "@/lib/attributes/rules";
import { bulkTransaction, db, pool } from "@/lib/db";
import { commitImport } from "@/lib/imports/commands";
import { getImport } from "@/lib/imports/queries";
import { admitted, makeBatch } from "@/lib/testing/builders";
import { ask, makeEmpty, makeSheetOf, row, scope, upload } from "@/lib/testing/changed-sheet";
import { editing, ofBatch, set } from "@/lib/testing/edits";
import { importing } from "@/lib/testing/imports";
import { refusal } from "@/lib/testing/refusal";

beforeEach(makeEmpty);

const { stage } = importing(() => scope);
const { edit, apply, undo } = editing(() => scope);
const ids = () => ({ applicationId: scope.applicationId });
const deleted = (name: string) => deleteAttribute(admitted(ids()), { name });
const made = (name: string, type: AttributeType) =>
  createAttribute(admitted(ids()), { name, type, title: name, description: "", suggestions: [], restricted: false });
const gone = (...names: string[]) => ({ reason: "attributes_gone", names, more: 0 });

describe("an attribute that is deleted after it was checked", () => {
  it("holds an import back, of which nothing is done, until it is there again with its type", async () => {
    const importId = await stage(
      'code,advocateprofileintegrationid,attributes\nHELD-1,a,"{""tier"": ""gold""}"\nHELD-2,b,\n',
    );
    const commit = () => commitImport(admitted(scope), { importId });
    await deleted("tier");
    expect((await refusal(commit())).reason).toEqual(gone("tier"));
    await made("tier", "number");
    expect((await refusal(commit())).reason).toEqual(gone("tier"));
    await deleted("tier");
    expect(await db.referral.count({ where: scope })).toBe(0);
    expect(await getImport(admitted(scope), importId)).toMatchObject({ operationId: null, failedCount: 0 });
    await made("tier", "string");
    expect(await commit()).toMatchObject({ codes: 2 });
  });

  it("holds a planned edit back that sets it, and not one that removes it or takes it back", async () => {
    const { batchId } = await makeBatch(scope, [{}, {}]);
    const plan = await edit(ofBatch(batchId), { usageLimit: set(5), attributes: { tier: set("gold") } });
    await deleted("tier");
    const refused = await refusal(apply(plan));
    expect(refused).toMatchObject({ code: "conflict", reason: gone("tier") });
    expect(refused.message).toMatch(/^Since this was checked, the attribute “tier” was deleted/);
    expect(await db.referral.count({ where: { ...scope, usageLimit: 5 } })).toBe(0);
    await made("tier", "string");
    await apply(plan);
    const removed = await apply(await edit(ofBatch(batchId), { attributes: { tier: { do: "remove" } } }));
    await deleted("tier");
    expect(await undo(removed.operationId)).toMatchObject({ changed: 2 });
  });

  it("holds a changed file back", async () => {
    await makeSheetOf([{ code: "HELD-0001" }, { code: "HELD-0002" }]);
    const [column] = Object.keys(row(1)).filter((name) => /tier/i.test(name));
    Object.assign(row(1), { [column ?? ""]: "gold" });
    Object.assign(row(2), { "Redemption limit": "7" });
    const plan = await ask(await upload());
    await deleted("tier");
    expect((await refusal(apply(plan))).reason).toEqual(gone("tier"));
    expect(await db.referral.count({ where: { ...scope, usageLimit: 7 } })).toBe(0);
    await made("tier", "string");
    expect(await apply(plan)).toMatchObject({ changed: 2 });
  });
});

it("waits for who is giving it to codes, and then is kept", async () => {
  const waiting = async () => {
    const { rows } = await pool.query(
      "SELECT FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')",
    );
    return rows.length;
  };
  let deletion: Promise<unknown> = Promise.resolve();
  await bulkTransaction(async (tx) => {
    await holdAttributes(tx, scope.applicationId, usedOf({ tier: "gold" }));
    deletion = deleted("tier").catch((error: unknown) => error);
    await expect.poll(waiting).toBeGreaterThan(0);
    await tx.referral.create({
      data: {
        ...scope,
        code: "HELD-1",
        codeKey: "HELD-1",
        codeSearch: "held1",
        advocateIntegrationId: "a",
        usageLimit: 1,
        attributes: { tier: "gold" },
        origin: "created",
      },
    });
  });
  expect(await deletion).toMatchObject({ reason: { reason: "attribute_carried", codes: 1 } });
});

describe("work in the background keeps an attribute", () => {
  const inWork = { reason: "attribute_in_work", name: "tier" };
  /** Plans an edit, and lets it be as if the worker had taken it, without doing any of it. */
  async function taken(changes: object, state = "running"): Promise<bigint> {
    const { batchId } = await makeBatch(scope, [{}]);
    const id = BigInt((await edit(ofBatch(batchId), changes)).planId);
    const where = { applicationId_id: { ...ids(), id } };
    await db.operation.update({ where, data: { state, started: new Date() } });
    return id;
  }

  it.each(["planning", "running"])("that its form gives to codes, while it is %s", async (state) => {
    await taken({ attributes: { tier: set("gold") } }, state);
    expect((await refusal(deleted("tier"))).reason).toEqual(inWork);
    expect(await deleted("vip")).toEqual({ name: "vip" });
  });

  it("that rows of its file give to codes", async () => {
    const importId = await stage('code,advocateprofileintegrationid,attributes\nHELD-1,a,"{""tier"": ""gold""}"\n');
    const operationId = await taken({ usageLimit: set(5) });
    await db.import.update({ where: { applicationId_id: { ...ids(), id: BigInt(importId) } }, data: { operationId } });
    expect((await refusal(deleted("tier"))).reason).toEqual(inWork);
    await db.importRow.deleteMany({ where: ids() });
    expect(await deleted("tier")).toEqual({ name: "tier" });
  });

  it("that a changed file gives to codes", async () => {
    await makeSheetOf([{ code: "HELD-0001" }]);
    const [column] = Object.keys(row(1)).filter((name) => /tier/i.test(name));
    Object.assign(row(1), { [column ?? ""]: "gold" });
    const id = BigInt((await ask(await upload())).planId);
    const where = { applicationId_id: { ...ids(), id } };
    await db.operation.update({ where, data: { state: "running", started: new Date() } });
    expect((await refusal(deleted("tier"))).reason).toEqual(inWork);
    expect(await deleted("vip")).toEqual({ name: "vip" });
  });
});
