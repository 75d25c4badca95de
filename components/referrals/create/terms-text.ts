import type { CreatedTerms } from "@/lib/creations/queries";
import { formatBound, formatNumber } from "@/lib/format";
import { unlimited } from "@/lib/words";

/** Terms in a few words: "limit 10, until 31 Dec 2026". */
export function termsText({ usageLimit, validFrom, validUntil }: CreatedTerms, zone: string): string {
  return [
    usageLimit === 0 ? unlimited : `limit ${formatNumber(usageLimit)}`,
    validFrom && `from ${formatBound(validFrom, zone, "start")}`,
    validUntil && `until ${formatBound(validUntil, zone, "end")}`,
  ]
    .filter((part) => part !== null)
    .join(", ");
}
