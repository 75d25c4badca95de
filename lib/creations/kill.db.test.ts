import { randomInt, randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { createReferrals } from "@/lib/creations/commands";
import { pool } from "@/lib/db";
import { getOperation } from "@/lib/operations/queries";
import { auditOf } from "@/lib/testing/audit";
import { admitted, countDrift, makeCampaign } from "@/lib/testing/builders";
import { sendList } from "@/lib/testing/lists";
import { killWorkerProcesses, startWorkerProcess } from "@/lib/testing/worker-processes";

const size = 120_000;
/** How often the process is killed while it works. */
const kills = 5;

afterEach(killWorkerProcesses);

it("gives each advocate one code, whenever the process that makes them is killed", { timeout: 300_000 }, async () => {
  const scope = await makeCampaign();
  const requestKey = randomUUID();
  const advocates = Array.from({ length: size }, (_, index) => `cust_${index}`);
  const ask = async () =>
    createReferrals(admitted(scope), {
      ...{ kind: "many", requestKey, listId: await sendList(admitted(scope), advocates) },
      ...{ pattern: "KILL-######", characters: "ABCDEFGHJK" },
      ...{ usageLimit: 1, validFrom: null, validUntil: null, attributes: {} },
    });
  const { operationId } = await ask();
  const over = async () => (await getOperation(admitted(scope), operationId))?.running === false;
  let killed = 0;
  for (; !(await over()); killed += 1) {
    const worker = await startWorkerProcess();
    await pause(killed < kills ? randomInt(0, 200) : 5000);
    const gone = once(worker, "exit");
    worker.kill("SIGKILL");
    await gone;
    await pool.query("UPDATE operation SET lease_until = now() WHERE lease_until > now()");
  }
  expect(killed).toBeGreaterThan(kills);
  expect((await ask()).operationId).toBe(operationId); // who asks again by the same key is told of the same codes
  const { rows } = await pool.query(
    `SELECT count(*)::int AS codes, count(DISTINCT advocate_integration_id)::int AS advocates, count(DISTINCT code)::int AS different
     FROM referral WHERE application_id = $1`,
    [scope.applicationId],
  );
  expect(rows[0]).toEqual({ codes: size, advocates: size, different: size });
  expect(await getOperation(admitted(scope), operationId)).toMatchObject({ changed: size, cancelled: false });
  expect(await countDrift(scope)).toBe(0);
  expect(await auditOf(process.env.DATABASE_URL ?? "")).toEqual([]);
});
