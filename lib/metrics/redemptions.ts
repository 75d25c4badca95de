/** How often a session's code was redeemed by this process, and how often it was refused, by reason. */
interface Counted {
  accepted: number;
  rejected: Record<string, number>;
}

// One for the process: parts of a bundle have modules of their own.
const holder = globalThis as { referralsRedeemed?: Counted };
holder.referralsRedeemed ??= { accepted: 0, rejected: {} };

/** What was counted since the process started. */
export const redemptionsCounted = holder.referralsRedeemed;

/** Counts what came of closing a session with a code. @param reason why it was refused, or null */
export function countRedemption(reason: string | null): void {
  if (reason === null) redemptionsCounted.accepted += 1;
  else redemptionsCounted.rejected[reason] = (redemptionsCounted.rejected[reason] ?? 0) + 1;
}
