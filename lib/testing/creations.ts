import { randomUUID } from "node:crypto";
import type { CampaignIds } from "@/lib/access/scope";
import { createReferrals } from "@/lib/creations/commands";
import { type CreateReferrals, createReferralsInput } from "@/lib/creations/schema";
import { db } from "@/lib/db";
import { admitted } from "@/lib/testing/builders";
import { sendList } from "@/lib/testing/lists";

/** One campaign of the test that runs. */
export let scope: CreateReferrals["scope"];
/** The other, of the same application. */
export let other: CreateReferrals["scope"];

/** Makes an application with two campaigns. */
export async function makeTwoCampaigns(): Promise<void> {
  const application = await db.application.create({ data: { name: "Test Shop", timeZone: "Europe/Berlin" } });
  const campaign = (name: string) =>
    db.campaign.create({ data: { applicationId: application.id, name, features: ["referrals"] } });
  scope = { applicationId: application.id, campaignId: (await campaign("Refer a friend")).id };
  other = { applicationId: application.id, campaignId: (await campaign("VIP circle")).id };
  await db.attributeDefinition.create({
    data: {
      applicationId: application.id,
      name: "tier",
      title: "Tier",
      type: "string",
      suggestions: ["gold"],
      restricted: true,
    },
  });
}

/** What every creation is asked with. */
export const common = () => ({
  scope,
  requestKey: randomUUID(),
  usageLimit: 5,
  validFrom: null,
  validUntil: null,
  attributes: {},
});

/** Creates codes, for advocates whose list is sent before. */
export async function create({
  advocates,
  ...input
}: {
  scope?: CampaignIds;
  advocates?: string[];
  [name: string]: unknown;
}) {
  const listId = advocates && (await sendList(admitted(input.scope ?? scope), advocates));
  const request = createReferralsInput.parse({ ...common(), ...(listId && { listId }), ...input });
  return createReferrals(admitted(request), request);
}

/** A code of one's own. */
export const own = (code: string) => ({ kind: "own", advocate: "cust_1", friend: null, code });
/** Codes for as many advocates. */
export const many = (count: number, pattern = "####-####", characters = "ABCDEFGHJK") => ({
  kind: "many",
  advocates: Array.from({ length: count }, (_, index) => `cust_${index}`),
  pattern,
  characters,
});

/** Everything of the application that a creation writes. */
export async function written() {
  const { applicationId } = scope;
  const [referrals, operations, changes, batches, campaigns] = await Promise.all([
    db.referral.count({ where: { applicationId } }),
    db.operation.count({ where: { applicationId } }),
    db.change.count({ where: { applicationId } }),
    db.batch.count({ where: { applicationId } }),
    db.campaign.findMany({ where: { applicationId }, orderBy: { id: "asc" }, select: { referralCount: true } }),
  ]);
  return { referrals, operations, changes, batches, counted: campaigns.map((campaign) => campaign.referralCount) };
}

/** The lists that wait, and what stands on them. */
export async function staged() {
  const where = { applicationId: scope.applicationId };
  return { lists: await db.import.count({ where }), rows: await db.importRow.count({ where }) };
}
