import { foldStored } from "@/lib/codes/fold-stored";
import type { MigrationStep } from "@/lib/worker/migrations";

/** What long migrations do, by the names that migrations write into `background_migration`; the worker does them in their order. */
export const backgroundSteps: Record<string, MigrationStep> = {
  // codes of before 20261128093000_one_folding
  "20261128143000_fold_stored": async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`; // those that are not folded have an index of their own
    return (await foldStored(tx)) === 0;
  },
};
