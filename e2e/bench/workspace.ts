import pg from "pg";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { withoutIndexes } from "@/prisma/late-indexes";
import { fillCampaign, settle } from "@/prisma/seed-large";
import type { Signed } from "./program";

/** What every part of the bench measures on. */
export interface Workspace {
  scope: CampaignIds;
  /** How many codes are in the campaign. */
  count: number;
  /** One plain connection, for what the product is compared with. */
  raw: pg.Client;
  /** Referrals itself, on the same database. */
  program: Signed;
  /** A temporary folder. */
  folder: string;
}

const named = "Bench";

/** The campaign that an earlier run left in this database, with about as many codes. */
export async function findLargeCampaign(count: number): Promise<CampaignIds | null> {
  const campaign = await db.campaign.findFirst({
    where: { application: { name: named }, referralCount: { gte: count * 0.99, lte: count * 1.05 } },
    select: { applicationId: true, id: true },
  });
  return campaign && { applicationId: campaign.applicationId, campaignId: campaign.id };
}

/** Beyond so many codes, indexes are built when all are there: half of the time, and more compact than codes made day by day leave them. */
const lateBeyond = 1_000_000;

/** Makes an application with one campaign of `count` codes, made over two years in 100 batches. */
export async function makeLargeCampaign(count: number): Promise<CampaignIds> {
  const application = await db.application.create({ data: { name: named, timeZone: "Europe/Berlin" } });
  const campaign = await db.campaign.create({
    data: { applicationId: application.id, name: "Refer a friend", features: ["referrals"] },
  });
  const scope = { applicationId: application.id, campaignId: campaign.id };
  await (count > lateBeyond
    ? withoutIndexes(() => fillCampaign(scope, count)).then(settle)
    : fillCampaign(scope, count));
  return scope;
}

/** One connection of its own with the settings that the product's have, except its timeouts. */
export async function connectRaw(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC -c jit=off" });
  await client.connect();
  return client;
}

/** Takes codes away as if they had never been made, so that the next round meets the same table. */
export async function forget({ applicationId }: CampaignIds, operationIds: string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = 0");
    const made =
      "batch_id IN (SELECT batch_id FROM batch WHERE application_id = $1 AND operation_id = ANY($2::bigint[]))";
    const these = [applicationId, operationIds];
    await client.query(`DELETE FROM referral WHERE application_id = $1 AND ${made}`, these);
    await client.query("DELETE FROM batch WHERE application_id = $1 AND operation_id = ANY($2::bigint[])", these);
    await client.query("DELETE FROM import WHERE application_id = $1 AND operation_id = ANY($2::bigint[])", these);
    await client.query("DELETE FROM operation WHERE application_id = $1 AND id = ANY($2::bigint[])", these);
  } finally {
    client.release(true);
  }
  await settle();
}
