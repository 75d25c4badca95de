import { randomUUID } from "node:crypto";
import { operator } from "@/lib/access/actor";
import { admit, type CampaignIds } from "@/lib/access/scope";
import { recordedOf, recordedText } from "@/lib/codes/recorded";
import { bulkTransaction, db, pool, type Transaction } from "@/lib/db";
import { openCreation, recordedInsert } from "@/lib/operations/creation";
import { type LargeOperation, largeInsert, largeOperations, largeTerms } from "./large";

const day = 86_400_000;

/** The attributes that the filling uses, where the application does not define them yet. */
async function defineAttributes(applicationId: number): Promise<void> {
  await db.attributeDefinition.createMany({
    data: [
      { applicationId, name: "channel", title: "Channel", type: "string" },
      { applicationId, name: "tier", title: "Tier", type: "string", suggestions: ["bronze", "silver", "gold"] },
      { applicationId, name: "vip", title: "VIP", type: "boolean" },
      { applicationId, name: "reward_points", title: "Reward points", type: "number" },
    ],
    skipDuplicates: true,
  });
}

/** Makes one operation's codes through the operation log, then dates everything back to when it is said to have been. */
async function makeOperation(
  tx: Transaction,
  scope: CampaignIds,
  operation: LargeOperation,
  advocates: number,
): Promise<void> {
  const { applicationId } = scope;
  const applied = new Date(Date.now() + operation.appliedDays * day);
  const terms = largeTerms(operation);
  const { operationId, batchId } = await openCreation(
    tx,
    admit(operator, scope, operation.kind === "import" ? "referrals.import" : "referrals.create"),
    {
      kind: operation.kind,
      requestKey: randomUUID(),
      batch: operation.batch,
      codes: operation.size,
      // the dates that a file has differ
      given: recordedText(recordedOf(operation.kind === "import" ? { ...terms, validUntil: null } : terms)),
      input:
        operation.kind === "import"
          ? { fileName: `${operation.word.toLowerCase()}.csv` }
          : { pattern: `${operation.word}-####-####` },
    },
  );
  const [{ serial }] = await tx.$queryRaw<[{ serial: bigint }]>`
    SELECT nextval(pg_get_serial_sequence('referral', 'id')) AS serial`;
  const rows = largeInsert(scope, operation, terms, { operationId, batchId, applied, serial, advocates });
  await tx.$executeRaw(recordedInsert(scope, operationId, rows));
  await tx.$executeRaw`
    INSERT INTO redemption (application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id, created)
    SELECT application_id, campaign_id, id, code, 'friend-' || id || '-' || n, 'order-' || id || '-' || n,
      created + random() * (greatest(least(now(), valid_until), created) - created)
    FROM referral CROSS JOIN LATERAL generate_series(1, usage_counter) n
    WHERE application_id = ${applicationId} AND id > ${serial} AND usage_counter > 0`;
  await tx.$executeRaw`
    UPDATE operation SET planned = ${applied}, applied = ${applied} WHERE application_id = ${applicationId} AND id = ${operationId}`;
  await tx.$executeRaw`
    UPDATE batch SET created = ${applied} WHERE application_id = ${applicationId} AND batch_id = ${batchId}`;
}

/** What autovacuum would do some minutes later: statistics, the visibility map, and the trigram index's waiting list. */
export async function settle(): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = 0");
    await client.query("VACUUM (ANALYZE) referral, change, redemption, operation, batch");
  } finally {
    client.release(true);
  }
}

/**
 * Adds `count` codes to a campaign as if they had been made over two years: in batches and singly, each with its
 * operation, change and redemption records, so that counts and undo are true. One transaction an operation.
 */
export async function fillCampaign(scope: CampaignIds, count: number): Promise<void> {
  await defineAttributes(scope.applicationId);
  for (const operation of largeOperations(count)) {
    await bulkTransaction((tx) => makeOperation(tx, scope, operation, Math.ceil(count / 3)));
  }
  await settle();
}
