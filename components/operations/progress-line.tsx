import { doingText } from "@/components/operations/operation-text";
import type { PacedProgress } from "@/components/operations/use-progress";
import { Progress } from "@/components/ui/progress";
import { formatDuration, formatNumber } from "@/lib/format";

/** How far an operation is: the bar, rows done of all, rows a second, time left, and what went wrong at the last try. */
export function ProgressLine({ operation }: { operation: PacedProgress }) {
  const { done, total, rate, left, problem, cancelled, finished } = operation;
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
