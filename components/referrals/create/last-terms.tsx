import { RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { CreatedTerms } from "@/lib/creations/queries";
import { formatZonedInput } from "@/lib/zone";
import type { FormPart } from "./form-part";
import { termsText } from "./terms-text";

/** Offers the terms of the campaign's last creation again. */
export function LastTerms({ terms, zone, set }: Pick<FormPart, "set"> & { terms: CreatedTerms; zone: string }) {
  const { usageLimit, validFrom, validUntil } = terms;
  return (
    <Button
      icon={<RotateCcw aria-hidden="true" className="size-4" />}
      className="w-fit max-w-full whitespace-normal"
      onClick={() => {
        set("limit", usageLimit === 0 ? "unlimited" : "limited");
        if (usageLimit > 0) set("usageLimit", String(usageLimit));
        set("start", validFrom ? "date" : "none");
        set("validFrom", formatZonedInput(validFrom, zone, "start"));
        set("end", validUntil ? "date" : "none");
        set("validUntil", formatZonedInput(validUntil, zone, "end"));
      }}
    >
      As last time: {termsText(terms, zone)}
    </Button>
  );
}
