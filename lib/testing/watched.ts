import { expect } from "vitest";
import { type Actor, person } from "@/lib/access/actor";
import type { Role } from "@/lib/access/permissions";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { askApproval } from "@/lib/operations/approval";
import { planEdit } from "@/lib/operations/edit";
import { editChangesField, type Selection } from "@/lib/operations/schema";
import { admitted, makeBatch, makeCampaign, makeLargeBatch } from "@/lib/testing/builders";
import { workOnce } from "@/lib/testing/work";

/** The campaign of the test that runs. */
export let ids: CampaignIds;
/** Its batch. */
export let selection: Selection;
/** The ids of its codes. */
export let codes: string[];
/** One editor. */
export let ada: Actor;
/** The other. */
export let boris: Actor;
/** The instruction for a redemption limit. */
export const limit = (value: number) => editChangesField.parse({ usageLimit: { do: "set", value } });
/** Somebody of a role there. */
export const somebody = (id: string, name: string, role: Role): Actor =>
  person({ id, name, administrator: false, roles: new Map([[ids.applicationId, role]]) });
/** Sets from how many codes on approval is needed; null for never. */
export const above = (number: number | null) =>
  pool.query("UPDATE application SET approval_above = $2 WHERE id = $1", [ids.applicationId, number]);

/** Makes a campaign where changes of more than two codes need approval, with a batch of three, and two editors. */
export async function watch(): Promise<void> {
  ids = await makeCampaign();
  const batch = await makeBatch(ids, [{}, {}, {}]);
  selection = { by: "batch", batchId: batch.batchId };
  codes = batch.ids;
  ada = somebody("ada", "Ada", "editor");
  boris = somebody("boris", "Boris", "editor");
  await above(2);
}

/** Takes a batch of 20,001 codes in place of the one of three. */
export async function enlarge(): Promise<void> {
  selection = { by: "batch", batchId: await makeLargeBatch(ids, 20_001) };
}

/** What somebody may do there. */
export const as = (actor: Actor) => admitted(ids, actor);
/** Plans a new limit for the batch. */
export const plan = (value = 5, actor = ada) => planEdit(as(actor), { selection, changes: limit(value) });
/** Asks for approval of a plan. */
export const ask = async (made: { planId: string }, note = "", actor = ada) =>
  askApproval(as(actor), { ...made, note });
/** Plans a new limit and asks; gives the operation. */
export const asked = async (value = 5) => (await ask(await plan(value))).operationId;
/** Works until nothing is left. */
export const work = async () => {
  while (await workOnce("worker")) {
    /* until nothing is left */
  }
};
/** The limits that codes have. */
export const limits = async () =>
  (
    await pool.query("SELECT DISTINCT usage_limit AS l FROM referral WHERE application_id = $1 ORDER BY 1", [
      ids.applicationId,
    ])
  ).rows.map(({ l }) => l);
/** What the audit holds. */
export const audited = async () =>
  (await db.auditEntry.findMany({ where: { applicationId: ids.applicationId }, orderBy: { id: "asc" } })).map(
    ({ event, actorName, actorRole, after }) => ({ event, by: actorName, role: actorRole, after }),
  );
/** A refusal of a code, for a reason. */
export const refusedAs = (code: string, reason: object) => ({ code, reason: expect.objectContaining(reason) });
/** The refusal of what needs approval. */
export const needed = refusedAs("forbidden", { reason: "approval_needed", above: 2, count: 3 });
