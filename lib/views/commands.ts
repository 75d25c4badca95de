import type { Actor } from "@/lib/actor";
import { db, Prisma } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";
import { readReferralList } from "@/lib/referrals/read-list";
import { listQuery, wholeList } from "@/lib/referrals/search-params";
import type { CreateViewInput, DeleteViewInput, SaveViewInput, View } from "@/lib/views/schema";

const shown = { id: true, name: true, query: true, version: true } as const;
/** More would be no help to anyone, and the menu is one list. */
const viewsMax = 200;

/**
 * Saves what a list shows under a name.
 * @throws DomainError `not_found`; `invalid` for a name that a view of the campaign has, or a list that cannot be read;
 * `conflict` where the campaign has as many views as it can have
 */
export async function createView(_actor: Actor, { scope, name, query }: CreateViewInput): Promise<View> {
  const { applicationId, campaignId } = scope;
  const campaign = await db.campaign.count({ where: { applicationId, id: campaignId } });
  if (campaign === 0) throw new DomainError("not_found", "There is no such campaign in this application.");
  if ((await db.view.count({ where: scope })) >= viewsMax)
    throw new DomainError("conflict", `This campaign has ${viewsMax} views; delete one first.`);
  return named(name, async () => {
    const view = await db.view.create({ data: { ...scope, name, query: viewQuery(query) }, select: shown });
    return { ...view, id: String(view.id) };
  });
}

/**
 * Gives a view another name or another list, if nobody changed it since `input.version`.
 * @throws DomainError `not_found`; `stale`; `invalid` as for a new one
 */
export async function saveView(_actor: Actor, input: SaveViewInput): Promise<View> {
  const { scope, viewId, version, name, query } = input;
  const where = { ...scope, id: BigInt(viewId) };
  const data = { ...(name && { name }), ...(query !== undefined && { query: viewQuery(query) }) };
  return named(name ?? "", async () => {
    const [view] = await db.view.updateManyAndReturn({
      where: { ...where, version },
      data: { ...data, version: { increment: 1 } },
      select: shown,
    });
    if (view) return { ...view, id: String(view.id) };
    if ((await db.view.count({ where })) === 0) throw unknown();
    throw new DomainError("stale", "Someone else changed this view meanwhile. Nothing was saved; look at it again.");
  });
}

/** @throws DomainError `not_found` */
export async function deleteView(_actor: Actor, { scope, viewId }: DeleteViewInput): Promise<void> {
  const { count } = await db.view.deleteMany({ where: { ...scope, id: BigInt(viewId) } });
  if (count === 0) throw unknown();
}

/** A list's address in one writing, so that views can be compared with it; without the page, which passes. */
function viewQuery(query: string): string {
  const { list, filter, refusals } = readReferralList(new URLSearchParams(query));
  if (!filter) throw invalidField("query", refusals.map(({ message }) => message).join(" "));
  return listQuery({ ...list, page: wholeList.page, view: null });
}

async function named<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") throw error;
    throw invalidField("name", `There is a view “${name}” already; choose another name.`);
  }
}

const unknown = () => new DomainError("not_found", "This view is gone: someone deleted it.");
