import type { Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { type HistoryEntry, listHistory } from "@/lib/operations/queries";

/** A redemption of a code, or that one was taken back. */
export interface RedemptionEvent {
  /** The row of the ledger. */
  id: string;
  takenBack: boolean;
  friendIntegrationId: string;
  sessionIntegrationId: string;
  at: Date;
}

/** What happened to a code at one moment. */
export type TimelineEvent = { at: Date } & ({ operation: HistoryEntry } | { redemption: RedemptionEvent });

/** A code's timeline, newest first. */
export interface Timeline {
  events: TimelineEvent[];
  /** Whether there is more before the oldest of them. */
  more: boolean;
}

/**
 * All that happened to a code: made, edited, redeemed, taken back. Operations and the ledger in one order.
 * @param size how many of the newest events
 */
export async function timelineOf(scope: Scope<"referrals.read">, referralId: string, size: number): Promise<Timeline> {
  const [operations, redemptions] = await Promise.all([
    listHistory(scope, referralId, size + 1),
    redemptionEvents(scope, referralId, size + 1),
  ]);
  const events: TimelineEvent[] = [
    ...operations.map((operation) => ({ at: operation.applied, operation })),
    ...redemptions.map((redemption) => ({ at: redemption.at, redemption })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
  return { events: events.slice(0, size), more: events.length > size };
}

async function redemptionEvents(
  { ids }: Scope<"referrals.read">,
  referralId: string,
  size: number,
): Promise<RedemptionEvent[]> {
  const rows = await db.redemption.findMany({
    where: { applicationId: ids.applicationId, campaignId: ids.campaignId, referralId: BigInt(referralId) },
    orderBy: [{ created: "desc" }, { id: "desc" }],
    take: size,
    select: { id: true, amount: true, friendIntegrationId: true, sessionIntegrationId: true, created: true },
  });
  return rows.map(({ id, amount, created, ...row }) => ({
    ...row,
    id: String(id),
    takenBack: amount < 0,
    at: created,
  }));
}
