import { useState } from "react";
import { doingText } from "@/components/operations/operation-text";
import { Progress } from "@/components/ui/progress";
import { formatDuration, formatNumber } from "@/lib/format";
import type { OperationProgress } from "@/lib/operations/queries";

/** How far an operation is: the bar, rows done of all, rows a second, time left, and what went wrong at the last try. */
export function ProgressLine({ operation }: { operation: OperationProgress }) {
  const { done, total, problem, cancelled, finished } = operation;
  const { rate, left } = usePace(operation);
  if (cancelled && !finished) return <Progress label={`Stopping: ${doingText(operation)}`} />;
  const counted = `${formatNumber(done)} of ${formatNumber(total)}`;
  return (
    <div className="flex flex-col gap-1.5">
      <Progress label={doingText(operation)} value={done} max={total} text={`${counted} codes`} />
      <p className="num flex flex-wrap gap-x-3 text-sm text-mute">
        <span>{counted}</span>
        {!finished && !problem && rate !== null && <span>{formatNumber(Math.round(rate))} a second</span>}
        {!finished && !problem && left !== null && <span>{formatDuration(left)} left</span>}
      </p>
      {problem && !finished && <p className="text-sm text-bad">{problem} It goes on by itself, or can be cancelled.</p>}
    </div>
  );
}

/** Rows a second and milliseconds left; null while they cannot be told. */
function usePace({ elapsed, done, total }: OperationProgress): { rate: number | null; left: number | null } {
  const [first] = useState({ elapsed, done });
  // What was seen here says more than the average since the start, which may lie before a crash.
  const [time, rows] = elapsed - first.elapsed > 3000 ? [elapsed - first.elapsed, done - first.done] : [elapsed, done];
  const rate = time > 0 && rows > 0 ? (1000 * rows) / time : null;
  return { rate, left: rate === null ? null : (1000 * (total - done)) / rate };
}
