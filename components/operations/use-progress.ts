import { useEffect, useState } from "react";
import { withBase } from "@/lib/base-path";
import type { ListedApproval } from "@/lib/operations/approvals";
import type { OperationProgress } from "@/lib/operations/queries";

/** How often progress is asked for, in milliseconds: while something runs, and else to learn of what others started. */
const pauses = { running: 1000, idle: 15_000 };

/** Code that starts something in the background tells it by this event, so that progress is shown at once. */
export const startedEvent = "referrals:operation-started";

/** What runs in the background, and the changes that wait for whoever looks to decide. */
export interface Progress {
  operations: OperationProgress[];
  toDecide: ListedApproval[];
}
const nothing: Progress = { operations: [], toDecide: [] };
const lengthOf = ({ operations, toDecide }: Progress) => operations.length + toDecide.length;

/** Follows the background operations of an application, or one of them, for as long as the page is open. */
export function useProgress(applicationId: number, operationId?: string): Progress {
  const [progress, setProgress] = useState(nothing);
  useEffect(() => {
    const url = `/applications/${applicationId}/progress${operationId ? `?operation=${operationId}` : ""}`;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      clearTimeout(timer);
      const found = document.hidden ? null : await read(url, stop.signal);
      if (stop.signal.aborted) return;
      if (found) setProgress((shown) => (lengthOf(found) + lengthOf(shown) > 0 ? found : shown));
      const running = found?.operations.some((one) => !one.finished) ?? operationId !== undefined;
      if (operationId && found && !running) return;
      timer = setTimeout(ask, running ? pauses.running : pauses.idle);
    };
    const now = () => void ask();
    window.addEventListener(startedEvent, now, { signal: stop.signal });
    document.addEventListener("visibilitychange", now, { signal: stop.signal });
    timer = setTimeout(ask);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [applicationId, operationId]);
  return progress;
}

async function read(url: string, signal: AbortSignal): Promise<Progress | null> {
  try {
    const response = await fetch(withBase(url), { signal });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // asked again in a moment
  }
}
