"use client";

import { useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import { formatCount } from "@/lib/format";
import { repairRedemptionsAction } from "@/lib/redemptions/actions";

/** Sets the counters to the ledger, and says how many codes that changed. */
export function RepairButton({ scope }: { scope: CampaignIds }) {
  const [pending, start] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const repair = () =>
    start(async () => {
      const answer = await repairRedemptionsAction(scope).catch(unreachable);
      setProblem(answer.ok ? null : answer.message);
      if (answer.ok) toast.success(`${formatCount(answer.data.wrong, "code")} set to the ledger.`);
    });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button variant="primary" pending={pending} onClick={repair}>
        Set them to the ledger
      </Button>
      {problem && (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}
