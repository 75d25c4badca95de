export const codeStatuses = ["active", "scheduled", "expired", "used up"] as const;
/** Derived, never stored. */
export type CodeStatus = (typeof codeStatuses)[number];

/** What has become of a code at `now`; `status-sql.ts` says the same in SQL. A used-up or expired code stays so whatever its start. */
export function statusOf(
  code: { usageLimit: number; usageCounter: number; validFrom: Date | null; validUntil: Date | null },
  now: Date,
): CodeStatus {
  if (code.validUntil && code.validUntil <= now) return "expired";
  if (code.usageLimit > 0 && code.usageCounter >= code.usageLimit) return "used up";
  if (code.validFrom && code.validFrom > now) return "scheduled";
  return "active";
}
