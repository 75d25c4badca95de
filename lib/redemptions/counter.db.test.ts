// In the manner of Jepsen's counter test (jepsen.io): clients do what they like at once, some never learn what came of it, and every
// read of a counter lies between what was acknowledged before it and what may have been done by then.
import { randomInt } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { listBatches } from "@/lib/batches/list";
import { readBatchList } from "@/lib/batches/search-params";
import { databaseProblem } from "@/lib/database-problem";
import { db, pool } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { applyPlan } from "@/lib/operations/apply";
import { deleteAtOnce, editAtOnce } from "@/lib/operations/at-once";
import { editChangesField } from "@/lib/operations/schema";
import { planUndo } from "@/lib/operations/undo";
import { checkRedemptions } from "@/lib/redemptions/check";
import { updateSession } from "@/lib/sessions/update";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { sweep } from "@/lib/testing/work";

const operations = 20_000;
const clients = 16;
const codes = Array.from({ length: 12 }, (_, nth) => `CODE-${nth}`);

/** How many redemptions of a code, and how many taken back, were begun and were acknowledged. */
type Count = { begun: number; known: number };
const none = () => new Map(codes.map((code) => [code, { begun: 0, known: 0 }]));
let redeemed: Map<string, Count>;
let takenBack: Map<string, Count>;
let ids: Map<string, string>;
let scope: CampaignIds;
let unknown = 0;

beforeEach(async () => {
  scope = await makeCampaign();
  const made = await makeBatch(
    scope,
    codes.map((code) => ({ code, usageLimit: 50 })),
  );
  ids = new Map(codes.map((code, nth) => [code, made.ids[nth] ?? ""]));
  [redeemed, takenBack] = [none(), none()];
});

const any = <T>(from: readonly T[]): T => from[randomInt(from.length)] as T;
const of = (counts: Map<string, Count>, code: string) => counts.get(code) as Count;

/** Does something that is counted: `done` is whether it was, where that is known. */
async function counted(count: Count, run: () => Promise<boolean>): Promise<boolean> {
  count.begun += 1;
  try {
    const done = await run();
    if (done) count.known += 1;
    else count.begun -= 1;
    return done;
  } catch (error) {
    const fault = databaseProblem(error)?.fault;
    if (fault === "locked" || fault === "slow") {
      count.begun -= 1; // it waited for an edit too long, and nothing was done
      return false;
    }
    if (fault !== "away") throw error;
    unknown += 1;
    return false;
  }
}

const closed: { session: string; code: string }[] = [];
const applied: string[] = [];
let sessions = 0;

async function redeem(): Promise<void> {
  const [code, session] = [any(codes), `session ${sessions++}`];
  const asked = { state: "closed", referralCode: code, profileId: session } as const;
  const done = await counted(of(redeemed, code), async () => {
    const { effects } = await updateSession(admitted(scope), session, asked);
    return effects[0]?.effectType === "acceptReferral";
  });
  if (done) closed.push({ session, code });
}

async function cancel(): Promise<void> {
  const [one] = closed.splice(randomInt(closed.length + 1), 1);
  if (!one) return;
  await counted(of(takenBack, one.code), async () => {
    const { effects } = await updateSession(admitted(scope), one.session, { state: "cancelled" });
    return effects[0]?.effectType === "rollbackReferral";
  });
}

/** Lets an operation be refused, or fail with its connection: it is not what is counted here. */
async function tried(run: () => Promise<{ operationId: string } | null>): Promise<void> {
  try {
    const operation = await run();
    if (operation) applied.push(operation.operationId);
  } catch (error) {
    if (!(error instanceof DomainError) && !databaseProblem(error)) throw error;
  }
}
const chosen = () => ({ selection: { by: "ids" as const, ids: [ids.get(any(codes)) ?? ""] } });
const limited = (value: number) => editChangesField.parse({ usageLimit: { do: "set", value } });
const editLimit = () => tried(() => editAtOnce(admitted(scope), { ...chosen(), changes: limited(randomInt(400)) }));
const remove = () => tried(() => deleteAtOnce(admitted(scope), chosen()));
async function undo(): Promise<void> {
  const [operationId] = applied.splice(randomInt(applied.length + 1), 1);
  if (operationId === undefined) return;
  await tried(async () =>
    applyPlan(admitted(scope), { planId: (await planUndo(admitted(scope), { operationId })).planId }),
  );
}

/** Breaks a connection that redeems at the moment, if there is one. */
async function disturb(): Promise<void> {
  await pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND state = 'active' AND query LIKE '%customer_session%' AND pid <> pg_backend_pid() LIMIT 1`,
  );
}

/** Reads every counter, or what the ledger says of a code that is deleted, and holds it to what was done before and by then. */
async function look(): Promise<void> {
  const before = new Map(
    codes.map((code) => [code, { known: of(redeemed, code).known, back: of(takenBack, code).known }]),
  );
  const { rows } = await pool.query<{ code: string; counter: number }>(
    `SELECT c.code, coalesce(r.usage_counter, (SELECT coalesce(sum(d.amount), 0) FROM redemption d
       WHERE d.application_id = $1 AND d.referral_id = c.id))::int AS counter
     FROM unnest($2::text[], $3::bigint[]) c (code, id)
     LEFT JOIN referral r ON r.application_id = $1 AND r.campaign_id = $4 AND r.id = c.id`,
    [scope.applicationId, codes, codes.map((code) => ids.get(code)), scope.campaignId],
  );
  expect(rows).toHaveLength(codes.length);
  for (const { code, counter } of rows) {
    const { known, back } = before.get(code) ?? { known: 0, back: 0 };
    expect(counter, code).toBeGreaterThanOrEqual(known - of(takenBack, code).begun);
    expect(counter, code).toBeLessThanOrEqual(of(redeemed, code).begun - back);
  }
}

/** Holds what is told of the batch to the sum of its codes' counters. */
async function told(): Promise<void> {
  const sum = await db.referral.aggregate({ where: scope, _sum: { usageCounter: true } });
  const { rows } = await listBatches(admitted(scope), { ...readBatchList({}), size: 1 });
  expect(rows[0]?.redemptions).toBe(sum._sum.usageCounter);
}

it(`lies between what was acknowledged and what may have been done, through ${operations} operations`, async () => {
  const often = [
    ...Array(60).fill(redeem),
    ...Array(34).fill(cancel),
    ...[editLimit, editLimit, remove, undo, undo, undo],
    sweep,
  ] as const;
  let done = 0;
  const client = async () => {
    for (let nth = done++; nth < operations; nth = done++) {
      await any(often)();
      if (nth % 250 === 0) await disturb();
      if (nth % 500 === 0) await look();
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  await look();
  for (const operationId of applied.splice(0).reverse())
    await tried(async () =>
      applyPlan(admitted(scope), { planId: (await planUndo(admitted(scope), { operationId })).planId }),
    );
  await look();
  expect(await checkRedemptions(admitted(scope))).toEqual({ wrong: 0, rows: [] });
  await told();
  await sweep();
  await sweep();
  await told();
  expect(unknown).toBeGreaterThan(0);
}, 240_000);
