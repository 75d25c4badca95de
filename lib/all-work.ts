import { removeOldSessions } from "@/lib/accounts/sweep";
import { removeOldAnswers } from "@/lib/api/idempotency";
import { learnApplications } from "@/lib/codes/upkeep";
import { createStep } from "@/lib/creations/background";
import { importStep } from "@/lib/imports/background";
import { removeAbandonedImport } from "@/lib/imports/commands";
import { endUndecided } from "@/lib/operations/approval-request";
import { operationQueue } from "@/lib/operations/background";
import { dropOldPlans } from "@/lib/operations/plan";
import { removeOldRates } from "@/lib/rate";
import { tallyRedemptions } from "@/lib/redemptions/tally";
import { scheduleQueue } from "@/lib/schedules/background";
import { removeOldSelection } from "@/lib/selections/commands";
import type { Work } from "@/lib/worker/kinds";
import { migrationQueue } from "@/lib/worker/migrations";
import { workerHolder } from "@/lib/worker/wake";
import { startWorker } from "@/lib/worker/worker";
import { backgroundSteps } from "@/prisma/background/steps";

/** All that a server works on in the background: here nouns meet, so that the worker knows none and they do not know each other. */
export const allWork: Work = {
  queues: [
    scheduleQueue(),
    operationQueue({ import: importStep, create: createStep }),
    migrationQueue(backgroundSteps),
  ],
  sweeps: [
    dropOldPlans,
    endUndecided,
    removeOldSelection,
    removeAbandonedImport,
    removeOldAnswers,
    removeOldSessions,
    removeOldRates,
    tallyRedemptions,
    learnApplications,
  ],
};

/** Starts the worker of this process, unless it has one. */
export function startWorking(): void {
  workerHolder.referralsWorker ??= startWorker(allWork);
}
