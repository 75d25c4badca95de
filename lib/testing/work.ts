import { allWork } from "@/lib/all-work";
import * as sweeps from "@/lib/worker/sweeps";
import * as worker from "@/lib/worker/worker";

/** `workOnce` on all that a server works on. */
export function workOnce(owner: string, stopped?: () => boolean): Promise<boolean> {
  return worker.workOnce(allWork, owner, stopped);
}

/** `sweep` of all that a server sweeps. */
export function sweep(stopped?: () => boolean): Promise<void> {
  return sweeps.sweep(allWork.sweeps, stopped);
}
