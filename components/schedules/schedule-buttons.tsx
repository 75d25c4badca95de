"use client";

import { useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import type { ActionResult } from "@/lib/action";
import { cancelScheduleAction, endScheduleAction } from "@/lib/schedules/actions";
import type { ScheduleState } from "@/lib/schedules/schema";

type ScheduleButtonsProps = { scope: CampaignIds; scheduleId: string; state: ScheduleState };

/** What can be done with a scheduled change: cancelled before its time; while it lasts, taken back now or kept. */
export function ScheduleButtons({ scope, scheduleId, state }: ScheduleButtonsProps) {
  const [pending, start] = useTransition();
  const act = (what: () => Promise<ActionResult<void>>, told: string) =>
    start(async () => {
      const result = await what().catch(unreachable);
      if (result.ok) toast.success(told);
      else toast.error(result.message);
    });
  const end = (how: "takeBack" | "keep") => () => endScheduleAction({ scope, scheduleId, how });
  return (
    <span data-needs="referrals.edit" className="flex gap-1">
      {state === "waiting" && (
        <Button
          variant="quiet"
          pending={pending}
          onClick={() => act(() => cancelScheduleAction({ scope, scheduleId }), "The scheduled change is cancelled")}
        >
          Cancel
        </Button>
      )}
      {state === "lasting" && (
        <>
          <Button
            variant="quiet"
            pending={pending}
            onClick={() => act(end("takeBack"), "The change is being taken back")}
          >
            Take back now
          </Button>
          <Button variant="quiet" disabled={pending} onClick={() => act(end("keep"), "The change stays")}>
            Keep
          </Button>
        </>
      )}
    </span>
  );
}
