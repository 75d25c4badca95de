"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { doingText, doneText } from "@/components/operations/operation-text";
import { ProgressLine } from "@/components/operations/progress-line";
import { useProgress } from "@/components/operations/use-progress";
import { useTitleProgress } from "@/components/operations/use-title-progress";
import { IconButton } from "@/components/ui/icon-button";
import { latePart } from "@/components/ui/late-part";
import { formatNumber } from "@/lib/format";
import type { OperationProgress } from "@/lib/operations/queries";

const Decisions = latePart("What waits for approval", () => import("@/components/operations/decisions"), {
  quiet: true,
});

type Props = { applicationId: number };

const shareOf = (operations: OperationProgress[]) =>
  operations.reduce((sum, one) => sum + one.done / Math.max(one.total, 1), 0) / operations.length;

/** What runs in the background and what just ended; folds to one line. The page of an operation shows its own progress. */
export default function ActivityPanel({ applicationId }: Props) {
  const { operations, toDecide } = useProgress(applicationId);
  return (
    <div className="fixed right-3 bottom-16 z-40 flex w-72 max-w-[calc(100vw-1.5rem)] flex-col gap-2">
      {toDecide.length > 0 && <Decisions applicationId={applicationId} toDecide={toDecide} />}
      {operations.length > 0 && <Panel applicationId={applicationId} operations={operations} />}
    </div>
  );
}

function Panel({ applicationId, operations }: Props & { operations: OperationProgress[] }) {
  const [folded, setFolded] = useState(false);
  const path = usePathname();
  const href = (one: OperationProgress) =>
    `/applications/${applicationId}/campaigns/${one.campaignId}/operations/${one.id}`;
  const unfinished = operations.filter((one) => !one.finished);
  useTitleProgress(unfinished.length > 0 ? shareOf(unfinished) : null);
  const shown = operations.filter((one) => href(one) !== path);
  if (shown.length === 0) return null;
  const running = shown.filter((one) => !one.finished);
  return (
    <section aria-label="Background operations" className="rounded-lg border bg-ground shadow-lg">
      <div className="flex items-center justify-between gap-2 py-1 pr-1 pl-3">
        <h2 className="num font-medium">
          {running.length === 0
            ? "Done"
            : `${formatNumber(running.length)} running, ${Math.floor(100 * shareOf(running))} %`}
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
        </ul>
      )}
    </section>
  );
}
