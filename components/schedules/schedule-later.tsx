"use client";

import { CalendarClock } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { DateTimeField } from "@/components/ui/date-time-field";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import type { FieldProblems } from "@/lib/errors";
import { formatCount, formatDateTime } from "@/lib/format";
import type { Plan } from "@/lib/operations/rules";
import { say } from "@/lib/say";
import { scheduleEditAction } from "@/lib/schedules/actions";
import { parseZoned } from "@/lib/zone";
import { zoneSentences } from "@/lib/zone-reasons";

type ScheduleLaterProps = {
  scope: CampaignIds;
  /** The plan that is shown; null where it cannot be applied. */
  plan: Plan | null;
  zone: string;
  operationsPath: string;
  /** Hears that it was scheduled, before the page is left. */
  onScheduled: () => void;
};

/** Has the change of a plan made at a moment, and taken back at another where that is wanted. */
export function ScheduleLater({ scope, plan, zone, operationsPath, onScheduled }: ScheduleLaterProps) {
  const router = useRouter();
  const panel = useId();
  const [open, setOpen] = useState(false);
  const [starts, setStarts] = useState("");
  const [ends, setEnds] = useState("");
  const [problems, setProblems] = useState<FieldProblems>({});
  const [pending, start] = useTransition();

  function schedule() {
    if (!plan) return;
    const typed: FieldProblems = {};
    const read = (field: string, text: string) => {
      const instant = parseZoned(text, zone, "start");
      if (instant instanceof Date) return instant;
      typed[field] = text.trim() === "" ? "Say when the change is to be made." : say(zoneSentences, instant);
      return null;
    };
    const from = read("starts", starts);
    const until = ends.trim() === "" ? null : read("ends", ends);
    setProblems(typed);
    if (!from || Object.keys(typed).length > 0) return;
    start(async () => {
      const input = { scope, planId: plan.planId, starts: from.toISOString(), ends: until?.toISOString() };
      const result = await scheduleEditAction(input).catch(unreachable);
      if (!result.ok) {
        setProblems(result.fields ?? {});
        if (!result.fields) toast.error(result.message);
        return;
      }
      onScheduled();
      toast.success(`${formatCount(result.data.codes, "code")} will change on ${formatDateTime(from, zone)}`);
      router.push(operationsPath);
    });
  }

  return (
    <div className="border-t pt-3">
      <Button
        variant="quiet"
        className="-ml-3"
        aria-expanded={open}
        aria-controls={panel}
        icon={<CalendarClock aria-hidden="true" className="size-4" />}
        onClick={() => setOpen(!open)}
      >
        At another time…
      </Button>
      <section id={panel} hidden={!open} aria-label="At another time" className="flex max-w-md flex-col gap-3 pt-2">
        <DateTimeField
          name="starts"
          label="Change at"
          zone={zone}
          bound="start"
          verb="Changes"
          value={starts}
          onValueChange={setStarts}
          error={problems.starts}
        />
        <DateTimeField
          name="ends"
          label="Take back at"
          optional
          zone={zone}
          bound="start"
          verb="Taken back"
          emptyText="It stays."
          value={ends}
          onValueChange={setEnds}
          error={problems.ends}
        />
        <p className="text-mute">
          It is planned again when its time comes: codes that refuse it then are left, and listed in Operations. Until
          then it can be cancelled there.
        </p>
        <span>
          <Button pending={pending} disabled={!plan} onClick={schedule}>
            Schedule the change of {plan ? formatCount(plan.changed, "code") : "codes"}
          </Button>
        </span>
      </section>
    </div>
  );
}
