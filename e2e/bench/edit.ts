import { operator } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { applyPlan } from "@/lib/operations/apply";
import { planEdit } from "@/lib/operations/edit";
import { editChangesField } from "@/lib/operations/schema";
import { createMany, pastedList } from "./create";
import { report } from "./figures";
import { median, time } from "./timing";
import { forget, type Workspace } from "./workspace";

const size = 10_000;
const changes = editChangesField.parse({
  usageLimit: { do: "set", value: 25 },
  validUntil: { do: "set", value: "2031-01-01T00:00:00Z" },
});

async function freshBatch(workspace: Workspace): Promise<{ batchId: string; operationId: string }> {
  const operationId = await createMany(workspace, pastedList(size));
  const { rows } = await workspace.raw.query<{ batch_id: string }>(
    "SELECT batch_id FROM batch WHERE application_id = $1 AND operation_id = $2",
    [workspace.scope.applicationId, operationId],
  );
  return { batchId: rows[0]?.batch_id ?? "", operationId };
}

/**
 * Edit a batch of 10,000: plan (with its counts, samples and record) and apply, by the commands behind the form, against
 * one plain UPDATE of the same columns of as many rows. Each has a batch that was just made, since a second update of a
 * row costs less than the first.
 */
export async function benchEdit(workspace: Workspace): Promise<void> {
  const { scope, raw } = workspace;
  const plan: number[] = [];
  const apply: number[] = [];
  const plain: number[] = [];
  const made: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const [first, second] = [await freshBatch(workspace), await freshBatch(workspace)];
    made.push(first.operationId, second.operationId);
    const rawTime = await time(() =>
      raw.query(
        "UPDATE referral SET usage_limit = 25, valid_until = '2031-01-01' WHERE application_id = $1 AND batch_id = $2",
        [scope.applicationId, first.batchId],
      ),
    );
    let planId = "";
    const planTime = await time(async () => {
      planId = (
        await planEdit(admit(operator, scope, "referrals.edit"), {
          selection: { by: "batch", batchId: second.batchId },
          changes,
        })
      ).planId;
    });
    const applyTime = await time(() => applyPlan(admit(operator, scope, "operations.run"), { planId }));
    made.push(planId);
    if (round === 0) continue; // warm-up
    plain.push(rawTime);
    plan.push(planTime);
    apply.push(applyTime);
  }
  await forget(scope, made);
  const rawMedian = median(plain);
  const both = median(plan.map((one, index) => one + (apply[index] ?? 0)));
  report({ what: "plan an edit of 10,000 codes, with its record", measured: median(plan), unit: "ms" });
  report({ what: "apply it", measured: median(apply), unit: "ms" });
  report({
    what: "plan and apply; raw: UPDATE of the same columns of 10,000 rows",
    measured: both,
    raw: rawMedian,
    unit: "ms",
    atMost: 3,
  });
}
