"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { doingText, doneText, plannedText } from "@/components/operations/operation-text";
import { ProgressLine } from "@/components/operations/progress-line";
import { type Progress, useProgress } from "@/components/operations/use-progress";
import { useTitleProgress } from "@/components/operations/use-title-progress";
import { IconButton } from "@/components/ui/icon-button";
import { formatCount, formatNumber } from "@/lib/format";
import type { OperationProgress } from "@/lib/operations/queries";

type Props = { applicationId: number };

const shareOf = (operations: OperationProgress[]) =>
  operations.reduce((sum, one) => sum + one.done / Math.max(one.total, 1), 0) / operations.length;

/** What runs in the background and what just ended; folds to one line. The page of an operation shows its own progress. */
export default function ActivityPanel({ applicationId }: Props) {
  const progress = useProgress(applicationId);
  const { operations, toDecide } = progress;
  return operations.length + toDecide.length > 0 && <Panel applicationId={applicationId} {...progress} />;
}

function Panel({ applicationId, operations, toDecide }: Props & Progress) {
  // what waits for a decision may do so for days: it is told of in one line
  const [folded, setFolded] = useState(operations.length === 0);
  const path = usePathname();
  const address = (campaignId: number, id: string) =>
    `/applications/${applicationId}/campaigns/${campaignId}/operations/${id}`;
  const href = (one: OperationProgress) => address(one.campaignId, one.id);
  const unfinished = operations.filter((one) => !one.finished);
  useTitleProgress(unfinished.length > 0 ? shareOf(unfinished) : null);
  const shown = operations.filter((one) => href(one) !== path);
  const waiting = toDecide.filter((one) => address(one.campaignId, one.operationId) !== path);
  if (shown.length + waiting.length === 0) return null;
  const running = shown.filter((one) => !one.finished);
  return (
    <section
      aria-label="Background operations"
      className="fixed right-3 bottom-16 z-40 w-72 max-w-[calc(100vw-1.5rem)] rounded-lg border bg-ground shadow-lg"
    >
      <div className="flex items-center justify-between gap-2 py-1 pr-1 pl-3">
        <h2 className="num font-medium">
          {running.length > 0
            ? `${formatNumber(running.length)} running, ${Math.floor(100 * shareOf(running))} %`
            : shown.length > 0
              ? "Done"
              : `${formatCount(waiting.length, "change waits", "changes wait")} for your decision`}
        </h2>
        <IconButton
          label={folded ? "Show the operations" : "Hide the operations"}
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        >
          {folded ? (
            <ChevronUp aria-hidden="true" className="size-4" />
          ) : (
            <ChevronDown aria-hidden="true" className="size-4" />
          )}
        </IconButton>
      </div>
      {!folded && (
        <ul className="flex max-h-64 flex-col divide-y divide-hairline overflow-y-auto border-t px-3">
          {shown.map((one) => (
            <li key={one.id} className="flex flex-col gap-1 py-2">
              <Link href={href(one)} prefetch={false} className="link truncate">
                {one.finished ? doneText(one) : doingText(one)}
              </Link>
              {!one.finished && <ProgressLine operation={one} />}
            </li>
          ))}
          {waiting.map((one) => (
            <li key={one.operationId} className="flex flex-col py-2">
              <Link href={address(one.campaignId, one.operationId)} prefetch={false} className="link">
                {plannedText(one)}
              </Link>
              <span className="truncate text-sm text-mute">{one.asker} asks for approval</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
