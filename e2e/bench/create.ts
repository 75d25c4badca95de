import { randomUUID } from "node:crypto";
import { operator } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { searchKey } from "@/lib/codes/folding";
import { codeSpace, drawCode, secureRandom } from "@/lib/codes/generator";
import { createReferrals } from "@/lib/creations/commands";
import { readAdvocates } from "@/lib/creations/rules";
import type { CreateReferrals } from "@/lib/creations/schema";
import { inTurns } from "@/lib/in-turns";
import { sendList } from "@/lib/testing/lists";
import { workOnce } from "@/lib/testing/work";
import { finished } from "./background";
import { report } from "./figures";
import { median, time } from "./timing";
import { forget, type Workspace } from "./workspace";

const pattern = "NEW-####-####";
const characters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

export const pastedList = (count: number) => advocates(count).join("\n");

const advocates = (count: number) => Array.from({ length: count }, (_, index) => `advocate.${index}@example.com`);

/** What every form for generated codes sends. */
const generated = ({ scope }: Workspace) => ({
  scope,
  requestKey: randomUUID(),
  pattern,
  characters,
  usageLimit: 10,
  validFrom: null,
  validUntil: new Date("2030-01-01T00:00:00Z"),
  attributes: { channel: "web" },
});

/** What the form for many advocates sends when its list is there. */
async function creation(workspace: Workspace, pasted: string): Promise<CreateReferrals> {
  const { advocates } = await inTurns(readAdvocates(pasted, "once"));
  const listId = await sendList(admit(operator, workspace.scope, "referrals.create"), advocates);
  return { kind: "many", ...generated(workspace), listId };
}

/** Begins to make codes for so many advocates, as the form does. */
export async function createMany(workspace: Workspace, pasted: string): Promise<string> {
  const scope = admit(operator, workspace.scope, "referrals.create");
  return (await createReferrals(scope, await creation(workspace, pasted))).operationId;
}

/** What the form for one advocate sends. */
export function singleCreation(workspace: Workspace, advocate: string): CreateReferrals {
  return { kind: "generated", ...generated(workspace), advocate, friend: null };
}

/** The rows that a creation makes, in one plain statement: same table, same columns, same constraints and indexes. */
async function rawInsert({ scope, raw }: Workspace, count: number, batchId: string): Promise<number> {
  const space = codeSpace(pattern, characters, "insensitive-uppercase");
  const random = secureRandom();
  const codes = new Set<string>();
  while (codes.size < count) codes.add(drawCode(space, random));
  const values = [[...codes], [...codes].map(searchKey), advocates(count)];
  return time(() =>
    raw.query(
      `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id,
         usage_limit, valid_until, attributes, batch_id, origin)
       SELECT $1, $2, code, code, search, advocate, 10, '2030-01-01', '{"channel": "web"}', $3, 'created'
       FROM unnest($4::text[], $5::text[], $6::text[]) AS new (code, search, advocate)`,
      [scope.applicationId, scope.campaignId, batchId, ...values],
    ),
  );
}

/** An empty batch, for the plain statement to put its rows in. */
async function openBatch({ scope, raw }: Workspace): Promise<{ batchId: string; operationId: string }> {
  const batchId = "benchraw";
  const { rows } = await raw.query<{ id: string }>(
    `WITH opened AS (
       INSERT INTO operation (application_id, campaign_id, kind, effect, state, actor_kind, actor_id, actor_name, applied)
       VALUES ($1, $2, 'create', 'create', 'applied', 'person', 'local', 'local', now()) RETURNING id)
     INSERT INTO batch (application_id, batch_id, campaign_id, operation_id)
     SELECT $1, $3, $2, id FROM opened RETURNING operation_id AS id`,
    [scope.applicationId, scope.campaignId, batchId],
  );
  return { batchId, operationId: rows[0]?.id ?? "" };
}

/**
 * Create 100,000 codes for as many advocates: what is behind the form, from the pasted text to the commit (reading the list,
 * sending and staging it, drawing codes, looking for taken ones, rows, record), against one INSERT … SELECT of such rows without any of that.
 */
export async function benchCreate(workspace: Workspace): Promise<void> {
  const product: number[] = [];
  const plain: number[] = [];
  for (const count of [10_000, 100_000, 100_000, 100_000]) {
    const batch = await openBatch(workspace);
    const rawTime = await rawInsert(workspace, count, batch.batchId);
    await forget(workspace.scope, [batch.operationId]);
    const pasted = pastedList(count);
    let operationId = "";
    const productTime = await time(async () => {
      operationId = await createMany(workspace, pasted);
      while (!(await finished(workspace.scope, operationId, count))) await workOnce("bench");
    });
    await forget(workspace.scope, [operationId]);
    if (count < 100_000) continue; // warm-up
    plain.push(rawTime);
    product.push(productTime);
  }
  report({
    what: "create 100,000 codes, recorded; raw: INSERT … SELECT of such rows",
    measured: median(product),
    raw: median(plain),
    unit: "s",
    atMost: 3,
  });
}
