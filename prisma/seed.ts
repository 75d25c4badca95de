import { operator } from "@/lib/access/actor";
import { recordedFields } from "@/lib/codes/sql";
import { db, Prisma, type Transaction } from "@/lib/db";
import { type DemoOperation, demoBound, demoOperations, demoZone } from "./demo";

const application = 1;
const campaign = 1;

const attributes = [
  [
    "channel",
    "Channel",
    "Where the advocate got the code",
    "string",
    ["web", "app", "email", "in-store", "influencer"],
  ],
  ["tier", "Tier", "The advocate's tier in the loyalty scheme", "string", ["bronze", "silver", "gold"]],
  ["vip", "VIP", "Looked after by the VIP team", "boolean", []],
  ["reward_points", "Reward points", "Points the advocate gets for each friend", "number", []],
  ["invited_at", "Invited at", "When the advocate was invited", "time", []],
  ["note", "Note", "", "string", []],
  ["tags", "Tags", "", "(list string)", ["newsletter", "podcast", "campus"]],
] as const;

async function seedSettings(tx: Transaction, now: Date): Promise<void> {
  await tx.$executeRaw`INSERT INTO application (id, name, time_zone) VALUES (${application}, 'Demo Shop', ${demoZone})`;
  const longAgo = demoBound(now, -210, "start");
  await tx.$executeRaw`
    INSERT INTO campaign (application_id, id, name, description, features, link_pattern, start_time, created) VALUES
      (${application}, ${campaign}, 'Refer a friend', 'A friend gets 10% off the first order, the advocate gets points.',
        '{referrals}', 'https://shop.example/?ref={code}', ${longAgo}, ${longAgo}),
      (${application}, 2, 'Autumn sale', 'Coupons only; its referrals feature is off.', '{coupons}', '', NULL, ${longAgo}),
      (${application}, 3, 'VIP circle', 'For the customers of the gold tier.', '{referrals}', '', NULL, ${now})`;
  await tx.$executeRaw`
    SELECT setval(pg_get_serial_sequence('application', 'id'), ${application}),
      setval(pg_get_serial_sequence('campaign', 'id'), 3)`;
  await tx.attributeDefinition.createMany({
    data: attributes.map(([name, title, description, type, suggestions], position) => ({
      applicationId: application,
      name,
      title,
      description,
      type,
      suggestions: [...suggestions],
      restricted: name === "tier",
      position,
    })),
  });
}

async function seedOperations(tx: Transaction, operations: DemoOperation[]): Promise<bigint[]> {
  const rows = operations.map(({ kind, applied, input, referrals }) => ({
    kind,
    applied,
    input,
    made: referrals.length,
  }));
  const opened = await tx.$queryRaw<{ id: bigint }[]>`
    INSERT INTO operation (application_id, campaign_id, kind, effect, state, actor_kind, actor_id, actor_name, input,
      matched, changed, planned, applied)
    SELECT ${application}, ${campaign}, kind, 'create', 'applied', ${operator.kind}, ${operator.id}, ${operator.name}, input, made, made, applied, applied
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS (kind text, applied timestamptz, input jsonb, made int)) WITH ORDINALITY ORDER BY ordinality
    RETURNING id`;
  const ids = opened.map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1));
  const batches = operations.flatMap(({ batchId, applied }, index) =>
    batchId ? [{ batch: batchId, operation: String(ids[index]), created: applied }] : [],
  );
  await tx.$executeRaw`
    INSERT INTO batch (application_id, batch_id, campaign_id, operation_id, created)
    SELECT ${application}, batch, ${campaign}, operation, created
    FROM jsonb_to_recordset(${JSON.stringify(batches)}::jsonb) AS (batch text, operation bigint, created timestamptz)`;
  return ids;
}

async function seedReferrals(tx: Transaction, operations: DemoOperation[], operationIds: bigint[]): Promise<void> {
  const rows = operations.flatMap(({ kind, batchId, applied, referrals }, index) =>
    referrals.map(({ redemptions, ...referral }) => ({
      ...referral,
      operation: String(operationIds[index]),
      origin: kind === "import" ? "imported" : "created",
      batch: batchId,
      created: applied,
      used: redemptions.length,
    })),
  );
  const given = Prisma.sql`
    ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS (operation bigint, code text, "codeSearch" text,
      advocate text, "advocateSearch" text, friend text, "usageLimit" int, used int, "validFrom" timestamptz, "validUntil" timestamptz,
      attributes jsonb, batch text, origin text, created timestamptz)) WITH ORDINALITY`;
  await tx.$executeRaw`
    WITH given AS MATERIALIZED (SELECT * FROM ${given}), made AS (
      INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, advocate_search,
        friend_integration_id, usage_limit, usage_counter, valid_from, valid_until, attributes, batch_id, import_id, origin, created)
      SELECT ${application}, ${campaign}, code, code, "codeSearch", advocate, "advocateSearch", friend, "usageLimit", used, "validFrom",
        "validUntil", attributes, batch, CASE origin WHEN 'imported' THEN operation END, origin, created
      FROM given ORDER BY ordinality
      RETURNING *)
    INSERT INTO change (application_id, operation_id, referral_id, code, after)
    SELECT ${application}, given.operation, made.id, made.code, ${recordedFields(Prisma.sql`made`)}
    FROM made JOIN given USING (code)`;
}

async function seedRedemptions(tx: Transaction, operations: DemoOperation[]): Promise<void> {
  const rows = operations.flatMap(({ referrals }) =>
    referrals.flatMap(({ code, redemptions }) => redemptions.map((redemption) => ({ code, ...redemption }))),
  );
  await tx.$executeRaw`
    INSERT INTO redemption (application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id, created)
    SELECT ${application}, ${campaign}, referral.id, code, given.friend, given.session, given.created
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (code text, friend text, session text, created timestamptz)
    JOIN referral USING (code) WHERE referral.application_id = ${application} ORDER BY given.created`;
}

/**
 * Fills an empty database with the demo: application 1 "Demo Shop" with three campaigns, and about 2,000 codes with
 * the operations that made them and their redemptions. All or nothing, and once, however many processes start.
 * @returns false, with nothing done, where an application exists
 */
export async function seedDemo(now = new Date()): Promise<boolean> {
  const seeded = await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('seed demo'))`;
      if ((await tx.application.count()) > 0) return false;
      await seedSettings(tx, now);
      const operations = demoOperations(now);
      const operationIds = await seedOperations(tx, operations);
      await seedReferrals(tx, operations, operationIds);
      await seedRedemptions(tx, operations);
      return true;
    },
    { timeout: 60_000 },
  );
  // The planner's choices hang on statistics, and the first page is opened before autovacuum wakes.
  if (seeded) await db.$executeRaw`ANALYZE referral, batch, operation, change, redemption`;
  return seeded;
}
