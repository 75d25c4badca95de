import { randomInt, randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { createReferrals } from "@/lib/creations/commands";
import { pool } from "@/lib/db";
import { getOperation } from "@/lib/operations/queries";
import { admitted, countDrift, makeCampaign } from "@/lib/testing/builders";
import { sendList } from "@/lib/testing/lists";
import { killWorkerProcesses, startWorkerProcess } from "@/lib/testing/worker-processes";

const size = 120_000;

afterEach(killWorkerProcesses);

it("gives each advocate one code, whenever the process that makes them is killed", { timeout: 300_000 }, async () => {
  const scope = await makeCampaign();
  const listId = await sendList(
    admitted(scope),
    Array.from({ length: size }, (_, index) => `cust_${index}`),
  );
  const { operationId } = await createReferrals(admitted(scope), {
    ...{ kind: "many", requestKey: randomUUID(), listId, pattern: "KILL-######", characters: "ABCDEFGHJK" },
    ...{ usageLimit: 1, validFrom: null, validUntil: null, attributes: {} },
  });
  const over = async () => (await getOperation(admitted(scope), operationId))?.running === false;
  let killed = 0;
  for (; !(await over()); killed += 1) {
    const worker = await startWorkerProcess();
    await pause(killed < 8 ? randomInt(20, 600) : 5000);
    const gone = once(worker, "exit");
    worker.kill("SIGKILL");
    await gone;
    await pool.query("UPDATE operation SET lease_until = now() WHERE lease_until > now()");
  }
  expect(killed).toBeGreaterThan(3);
  const { rows } = await pool.query(
    `SELECT count(*)::int AS codes, count(DISTINCT advocate_integration_id)::int AS advocates, count(DISTINCT code)::int AS different
     FROM referral WHERE application_id = $1`,
    [scope.applicationId],
  );
  expect(rows[0]).toEqual({ codes: size, advocates: size, different: size });
  expect(await getOperation(admitted(scope), operationId)).toMatchObject({ changed: size, cancelled: false });
  expect(await countDrift(scope)).toBe(0);
});
