import { foldStored } from "@/lib/codes/fold-stored";
import { tallyStored } from "@/lib/codes/tally-stored";
import { indexStep, inTurn, type MigrationStep } from "@/lib/worker/migrations";

/** What long migrations do, by the names that migrations write into `background_migration`; the worker does them in their order. */
export const backgroundSteps: Record<string, MigrationStep> = {
  // codes of before 20261128093000_one_folding
  "20261128143000_fold_stored": async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`; // those that are not folded have an index of their own
    return (await foldStored(tx)) === 0;
  },
  "20261128171000_narrower_indexes": inTurn(
    indexStep(
      "referral_created_idx",
      "ON referral (application_id, campaign_id, created, id, code_search)",
      "referral_list_idx",
    ),
    indexStep("referral_unbatched_idx", "ON referral (application_id, campaign_id) WHERE batch_id IS NULL"),
    indexStep(
      "referral_batch_idx",
      "ON referral (application_id, batch_id, created) WHERE batch_id IS NOT NULL",
      "referral_application_id_batch_id_created_id_idx",
    ),
    indexStep(
      "referral_advocate_hash_idx",
      "ON referral (application_id, hashtextextended(advocate_integration_id, 0))",
      "referral_advocate_idx",
    ),
  ),
  "20261128191000_narrow_records": indexStep(
    "change_referral_idx",
    "ON change (referral_id)",
    "change_application_id_referral_id_operation_id_idx",
  ),
  // the index last, because what comes before it has many steps, each of which begins anew
  "20261128235200_tallies": inTurn(
    tallyStored,
    indexStep("redemption_taken_back_idx", "ON redemption (application_id, campaign_id, created, id) WHERE taken_back"),
  ),
  "20261128240100_operations_found": indexStep(
    "change_deleted_idx",
    "ON change (application_id, code) WHERE after IS NULL AND before IS NOT NULL",
  ),
};
