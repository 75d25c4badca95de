import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/access/actor";
import { everyPermission, type Permission } from "@/lib/access/permissions";
import { admit, type CampaignIds, type PlaceIn, type Scope } from "@/lib/access/scope";
import { searchKey } from "@/lib/codes/folding";
import { bulkTransaction, db, Prisma, pool } from "@/lib/db";
import { openCreation, recordedInsert } from "@/lib/operations/creation";

/** Somebody who may do everything. */
export const testActor: Actor = { kind: "person", id: "tester", name: "Tester", permissions: everyPermission };

/** Lets them do it somewhere. */
export function admitted<Input extends object>(where: Input, actor: Actor = testActor) {
  return admit(actor, where, "referrals.read") as Scope<Permission, PlaceIn<Input>>;
}

/** An application with one campaign that has referrals, and attributes of several types; every test has its own. */
export async function makeCampaign(options: { features?: string[]; timeZone?: string } = {}): Promise<CampaignIds> {
  const { features = ["referrals"], timeZone = "Europe/Berlin" } = options;
  const application = await db.application.create({
    data: {
      name: "Test Shop",
      timeZone,
      attributes: {
        create: [
          { name: "tier", title: "Tier", type: "string", suggestions: ["bronze", "silver", "gold"], restricted: true },
          { name: "vip", title: "VIP", type: "boolean" },
          { name: "points", title: "Points", type: "number" },
          { name: "tags", title: "Tags", type: "(list string)" },
        ],
      },
    },
  });
  const campaign = await db.campaign.create({
    data: { applicationId: application.id, name: "Refer a friend", features },
  });
  return { applicationId: application.id, campaignId: campaign.id };
}

/** A code to be made for a test; what is left out is plain. */
export interface TestCode {
  code?: string;
  usageLimit?: number;
  usageCounter?: number;
  validFrom?: string | null;
  validUntil?: string | null;
  attributes?: object;
}

/** Makes codes through the operation log, as a batch; their ids are in the order given. */
export async function makeBatch(
  scope: CampaignIds,
  codes: TestCode[],
): Promise<{ batchId: string; operationId: string; ids: string[] }> {
  const made = await bulkTransaction(async (tx) => {
    const creation = await openCreation(tx, admitted(scope), {
      kind: "create",
      requestKey: randomUUID(),
      batch: true,
      input: {},
      given: "{}",
      codes: codes.length,
    });
    const rows = codes.map((code, index) => {
      const text = code.code ?? `TEST-${creation.operationId}-${index}`;
      return { ...code, text, search: searchKey(text) };
    });
    await tx.$executeRaw(
      recordedInsert(
        scope,
        creation.operationId,
        Prisma.sql`
          INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id,
            usage_limit, valid_from, valid_until, attributes, batch_id, origin)
          SELECT ${scope.applicationId}, ${scope.campaignId}, c->>'text', c->>'text', c->>'search', 'cust_' || n,
            coalesce((c->>'usageLimit')::int, 10), (c->>'validFrom')::timestamptz, (c->>'validUntil')::timestamptz,
            coalesce(c->'attributes', '{}'), ${creation.batchId}, 'created'
          FROM jsonb_array_elements(${JSON.stringify(rows)}::jsonb) WITH ORDINALITY AS codes (c, n) ORDER BY n RETURNING *`,
      ),
    );
    return creation;
  });
  const { rows } = await pool.query<{ id: string }>(
    "SELECT id FROM referral WHERE application_id = $1 AND batch_id = $2 ORDER BY id",
    [scope.applicationId, made.batchId],
  );
  const ids = rows.map((row) => row.id);
  for (const [index, code] of codes.entries()) {
    if (code.usageCounter) await redeemed(scope, ids[index] ?? "", code.usageCounter);
  }
  return { batchId: made.batchId ?? "", operationId: String(made.operationId), ids };
}

/** Makes many codes that are alike, as a batch with a limit of 10 redemptions; gives the Batch ID. */
export async function makeLargeBatch(scope: CampaignIds, count: number): Promise<string> {
  return bulkTransaction(async (tx) => {
    const { operationId, batchId } = await openCreation(tx, admitted(scope), {
      kind: "create",
      requestKey: randomUUID(),
      batch: true,
      input: {},
      given: '{"usageLimit":10}',
      codes: count,
    });
    const rows = Prisma.sql`
      INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit,
        batch_id, origin)
      SELECT ${scope.applicationId}, ${scope.campaignId}, code, code, lower(code), 'cust_' || n % 1000, 10, ${batchId}, 'created'
      FROM (SELECT n, 'L' || ${String(operationId)} || 'X' || n AS code FROM generate_series(1, ${count}::int) n) codes
      RETURNING *`;
    await tx.$executeRaw(recordedInsert(scope, operationId, rows));
    return batchId ?? "";
  });
}

/** Sets a code's redemptions, with their ledger. */
export async function redeemed(scope: CampaignIds, id: string, usageCounter: number): Promise<void> {
  await pool.query("DELETE FROM redemption WHERE application_id = $1 AND referral_id = $2", [scope.applicationId, id]);
  await pool.query(
    `INSERT INTO redemption (application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id)
     SELECT r.application_id, r.campaign_id, r.id, r.code, 'friend-' || r.id || '-' || n, 'order-' || r.id || '-' || n
     FROM referral r CROSS JOIN generate_series(1, $3::int) n WHERE r.application_id = $1 AND r.id = $2`,
    [scope.applicationId, id, usageCounter],
  );
  await pool.query("UPDATE referral SET usage_counter = $3 WHERE application_id = $1 AND id = $2", [
    scope.applicationId,
    id,
    usageCounter,
  ]);
}

/** Every column of every code of an application, in one text: equal means byte for byte the same table. */
export async function snapshot(scope: CampaignIds): Promise<string> {
  const { rows } = await pool.query<{ all: string | null }>(
    "SELECT string_agg(r::text, E'\\n' ORDER BY id) AS all FROM referral r WHERE application_id = $1",
    [scope.applicationId],
  );
  return rows[0]?.all ?? "";
}

/** The exact counts that campaign and batches show must be the number of rows; this is their difference, 0 when right. */
export async function countDrift(scope: CampaignIds): Promise<number> {
  const { rows } = await pool.query<{ drift: string }>(
    `SELECT (SELECT coalesce(sum(abs(c.referral_count - (SELECT count(*) FROM referral r
         WHERE r.application_id = c.application_id AND r.campaign_id = c.id))), 0) FROM campaign c WHERE application_id = $1)
      + (SELECT coalesce(sum(abs(b.referral_count - (SELECT count(*) FROM referral r
         WHERE r.application_id = b.application_id AND r.batch_id = b.batch_id))), 0) FROM batch b WHERE application_id = $1) AS drift`,
    [scope.applicationId],
  );
  return Number(rows[0]?.drift);
}
