import { beforeEach, describe, expect, it } from "vitest";
import { db, pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { operationQueue } from "@/lib/operations/background";
import { planEdit } from "@/lib/operations/edit";
import { getPlan } from "@/lib/operations/plan";
import { listProgress } from "@/lib/operations/queries";
import { editChangesField } from "@/lib/operations/schema";
import { admitted } from "@/lib/testing/builders";
import {
  ids,
  limitOf,
  limits,
  makeLarge,
  parts,
  planLimit,
  planned,
  scope,
  selection,
  size,
  started,
  work,
} from "@/lib/testing/large-operation";
import { workOnce } from "@/lib/testing/work";
import { holdLease, takeLease } from "@/lib/worker/lease";

beforeEach(makeLarge);

describe("the lease", () => {
  const queue = operationQueue({});

  it("goes to another worker when its holder is silent, and the first one can do nothing more", async () => {
    const next = await planEdit(admitted(scope), { selection, changes: limitOf(8) });
    expect(await takeLease(queue, "silent")).toMatchObject({ id: BigInt(next.planId) });
    expect(await takeLease(queue, "second")).toBeNull();
    await pool.query("UPDATE operation SET lease_until = now() - interval '1 second' WHERE id = $1", [next.planId]);
    expect(await work("second")).toBe(true);
    await expect(
      db.$transaction((tx) =>
        holdLease(tx, queue, "silent", { application_id: scope.applicationId, id: BigInt(next.planId) }),
      ),
    ).resolves.toBeNull();
    expect(await getPlan(admitted(scope), next.planId, null)).toMatchObject({ underway: null, changed: size });
  });

  it("lets several workers compete for one operation without a row done twice", async () => {
    const changes = editChangesField.parse({ usageLimit: { do: "raise", by: 10 } });
    const plan = await planned(await planEdit(admitted(scope), { selection, changes }));
    await started(plan);
    const rivals = Array.from({ length: 4 }, async (_, index) => {
      for (let round = 0; round < 3 * parts; round += 1) {
        let one = 1;
        await workOnce(`rival ${index}`, () => one-- === 0);
      }
    });
    await Promise.all(rivals);
    expect(await limits()).toEqual({ 11: (4 * size) / 9, 12: (4 * size) / 9, 13: size / 9 });
  });

  it("is given back after a failure, with the problem told, and the operation goes on later", async () => {
    const plan = await planLimit(9);
    const operationId = await started(plan);
    await pool.query(
      'UPDATE change SET after = \'{"usageLimit": "many"}\' WHERE operation_id = $1 AND referral_id = $2',
      [operationId, ids[0]],
    );
    await work();
    const [failing] = await listProgress(admitted(scope));
    expect(failing).toMatchObject({ done: 0, finished: false, problem: expect.stringContaining("under error") });
    expect(await work()).toBe(false); // it waits before the next try
    await pool.query("UPDATE change SET after = '{\"usageLimit\": 9}' WHERE operation_id = $1 AND referral_id = $2", [
      operationId,
      ids[0],
    ]);
    await pool.query("UPDATE operation SET lease_until = NULL WHERE id = $1", [operationId]);
    await work();
    expect(await listProgress(admitted(scope))).toMatchObject([{ finished: true, problem: null }]);
    expect(await limits()).toEqual({ 9: size });
  });
});

it("removes a large plan that was replaced, with its rows", async () => {
  const first = await planLimit(9);
  await planEdit(admitted(scope), { selection, changes: limitOf(8), replaces: first.planId });
  await expect(applyPlan(admitted(scope), { planId: first.planId })).rejects.toThrow("no longer kept");
  await work();
  await work();
  expect(await db.operation.count({ where: { id: BigInt(first.planId) } })).toBe(0);
  expect(await db.change.count({ where: { operationId: BigInt(first.planId) } })).toBe(0);
});
