import type { Asked, CampaignIds, Scope } from "@/lib/access/scope";
import { unknownCampaign } from "@/lib/campaigns/queries";
import { db, type Prisma, type Transaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";
import { foldName } from "@/lib/fold-name";
import { readReferralList } from "@/lib/referrals/list/read";
import { listQuery, wholeList } from "@/lib/referrals/list/search-params";
import type { CreateViewInput, DeleteViewInput, RestoreViewInput, SaveViewInput, View } from "@/lib/views/schema";

type Writing = Scope<"views.write">;

const shown = { id: true, name: true, query: true, version: true } as const;
/** More would be no help to anyone, and the menu is one list. */
const viewsMax = 200;

/**
 * Saves what a list shows under a name.
 * @throws DomainError `not_found`; `invalid` for a name that a view of the campaign has, in any case, or a list that cannot
 * be read; `conflict` where the campaign has as many views as it can have
 */
export async function createView({ ids }: Writing, { name, query }: Asked<CreateViewInput>): Promise<View> {
  return naming(ids, (tx) => addView(tx, { ...ids, name, query }));
}

/**
 * Gives a view another name or another list, if nobody changed it since `input.version`.
 * @throws DomainError `not_found`; `stale`; `invalid` as for a new one
 */
export async function saveView({ ids }: Writing, input: Asked<SaveViewInput>): Promise<View> {
  const { viewId, version, name, query } = input;
  const where = { ...ids, id: BigInt(viewId) };
  const data = { ...(name && { name }), ...(query !== undefined && { query: viewQuery(query) }) };
  return naming(ids, async (tx) => {
    if (name) await nameIsFree(tx, ids, name, where.id);
    const [view] = await tx.view.updateManyAndReturn({
      where: { ...where, version },
      data: { ...data, version: { increment: 1 } },
      select: shown,
    });
    if (view) return told(view);
    if ((await tx.view.count({ where })) === 0) throw unknown();
    throw new DomainError("stale", { reason: "view_changed" });
  });
}

/**
 * Deletes a view. Answers with what it was, which brings it back.
 * @throws DomainError `not_found`
 */
export async function deleteView({ ids }: Writing, { viewId }: Asked<DeleteViewInput>): Promise<View> {
  const [view] = await db.$queryRaw<(Omit<View, "id"> & { id: bigint })[]>`
    DELETE FROM view WHERE application_id = ${ids.applicationId} AND campaign_id = ${ids.campaignId} AND id = ${BigInt(viewId)}
    RETURNING id, name, query, version`;
  if (!view) throw unknown();
  return told(view);
}

/**
 * Brings a deleted view back under its id, so that its address leads to it again; one that is there already is left as it is.
 * @throws DomainError `not_found` for an id that no view had, or that a view elsewhere has; else as for a new one
 */
export async function restoreView({ ids }: Writing, input: Asked<RestoreViewInput>): Promise<View> {
  const { viewId, version, name, query } = input;
  const id = BigInt(viewId);
  return naming(ids, async (tx) => {
    const there = await tx.view.findUnique({
      where: { applicationId_id: { applicationId: ids.applicationId, id } },
      select: { ...shown, campaignId: true },
    });
    if (there?.campaignId === ids.campaignId) return told(there);
    // an id that is still to be given would stand in the way of the view that it is given to
    const [{ given }] = await tx.$queryRaw<[{ given: boolean }]>`
      SELECT is_called AND last_value >= ${id} AS given FROM view_id_seq`;
    if (there || !given) throw new DomainError("not_found", { reason: "view_unknown" });
    return addView(tx, { ...ids, id, version, name, query });
  });
}

async function addView(tx: Transaction, row: Prisma.ViewUncheckedCreateInput): Promise<View> {
  const ids = { applicationId: row.applicationId, campaignId: row.campaignId };
  if ((await tx.view.count({ where: ids })) >= viewsMax)
    throw new DomainError("conflict", { reason: "views_full", most: viewsMax });
  await nameIsFree(tx, ids, row.name);
  return told(await tx.view.create({ data: { ...row, query: viewQuery(row.query) }, select: shown }));
}

/** A list's address in one writing, so that views can be compared with it; without the page, which passes. */
function viewQuery(query: string): string {
  const { list, filter, refusals } = readReferralList(new URLSearchParams(query));
  if (!filter) throw invalidField(["query"], { reason: "list_unreadable", refusals });
  return listQuery({ ...list, page: wholeList.page, view: null });
}

/**
 * One at a time for a campaign, so that a name that is free stays free: the database tells only names of one writing apart.
 * @throws DomainError `not_found` for an unknown campaign or another application's
 */
function naming<T>({ applicationId, campaignId }: CampaignIds, write: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.$transaction(async (tx) => {
    const campaigns = await tx.$executeRaw`
      SELECT FROM campaign WHERE application_id = ${applicationId} AND id = ${campaignId} FOR NO KEY UPDATE`;
    if (campaigns === 0) throw unknownCampaign({ applicationId, campaignId });
    return write(tx);
  });
}

async function nameIsFree(tx: Transaction, ids: CampaignIds, name: string, own?: bigint): Promise<void> {
  const views = await tx.view.findMany({ where: ids, select: { id: true, name: true } });
  const other = views.find((view) => view.id !== own && foldName(view.name) === foldName(name));
  if (other) throw invalidField(["name"], { reason: "view_name_taken", name: other.name });
}

const told = ({ id, name, query, version }: Omit<View, "id"> & { id: bigint }): View => ({
  id: String(id),
  name,
  query,
  version,
});
const unknown = () => new DomainError("not_found", { reason: "view_gone" });
