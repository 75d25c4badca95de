"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { effectVerb } from "@/components/operations/operation-text";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import { formatCount } from "@/lib/format";
import { undoAction } from "@/lib/operations/actions";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { handOver, type Reason } from "./handed-over";
import { rememberChange } from "./last-change";

/** How long a message with an Undo stays, in milliseconds; while it is hovered or focused, or the tab hidden, it waits. */
const staysFor = 30_000;

/**
 * Ways to undo a change with one press, at once where nothing of it would be left, else on its own page, where the plan is shown first;
 * and to tell of a change with that press.
 */
export function useUndo({ applicationId, campaignId }: CampaignIds) {
  const router = useRouter();
  return useMemo(() => {
    const scope = { applicationId, campaignId };

    /** @param seen shows the plan where the caller stands, instead of on the operation's page */
    async function undo(operationId: string, seen?: (because: Reason) => void): Promise<void> {
      const result = await undoAction({ scope, operationId }).catch(unreachable);
      if (!result.ok) return toast.error(result.message);
      const { applied, because } = result.data;
      if (applied)
        return tell(
          applied.operationId,
          `Undone: ${formatCount(applied.changed, "code")} ${effectVerb[applied.effect].done}`,
          "Redo",
        );
      if (seen) return seen(because);
      handOver(operationId, because);
      router.push(referralPaths(scope).operation(operationId));
    }

    function tell(operationId: string, title: string, label: "Undo" | "Redo" = "Undo"): void {
      rememberChange(() => undo(operationId));
      toast.success(title, { duration: staysFor, action: { label, onClick: () => void undo(operationId) } });
    }

    return { undo, tell };
  }, [router, applicationId, campaignId]);
}
