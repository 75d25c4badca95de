import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { askQuickly, db } from "@/lib/db";
import { findCode, type KnownCode } from "@/lib/redemptions/facts";
import { type RejectionReason, rejectionOf } from "@/lib/redemptions/reasons";
import { accepted, type Effect, rejected } from "@/lib/sessions/effects";

/** A session that is only imagined. */
export interface Trial {
  code: string;
  friend: string | null;
  now: Date;
  /** Only these campaigns run, a disabled one too; null for those that run anyway. */
  campaignIds: number[] | null;
}

/**
 * What would come of a code for a friend at a moment, in a session that is not there and is not made: nothing is stored or counted.
 * @returns the effect, and the code where there is one
 */
export async function tryCode(
  { ids }: Scope<"customers.read", ApplicationIds>,
  { code, friend, now, campaignIds }: Trial,
): Promise<{ effect: Effect; known: KnownCode | null }> {
  const { known } = await findCode(askQuickly, ids.applicationId, { code, friend, now });
  const trialIn = campaignIds === null ? undefined : campaignIds.includes(known?.campaignId ?? 0);
  const reason = rejectionOf(known, { friend, now, ...(trialIn !== undefined && { trialIn }) });
  if (reason !== null || known === null) return { effect: rejected(code, known, reason ?? "ReferralNotFound"), known };
  return { effect: accepted(known), known };
}

/** What a check of a code found, for people. */
export interface CheckedCode {
  known: KnownCode | null;
  /** The name of the code's campaign; empty where there is no such code. */
  campaign: string;
  /** Why it would be refused; null where it would be accepted. */
  reason: RejectionReason | null;
}

/** The same for people, who ask of all campaigns as they are. */
export async function checkCode(
  scope: Scope<"customers.read", ApplicationIds>,
  asked: Omit<Trial, "campaignIds">,
): Promise<CheckedCode> {
  const { effect, known } = await tryCode(scope, { ...asked, campaignIds: null });
  const reason = effect.props.rejectionReason ?? null;
  if (!known) return { known, campaign: "", reason };
  const { applicationId } = scope.ids;
  const { name } = await db.campaign.findUniqueOrThrow({
    where: { applicationId_id: { applicationId, id: known.campaignId } },
    select: { name: true },
  });
  return { known, campaign: name, reason };
}
