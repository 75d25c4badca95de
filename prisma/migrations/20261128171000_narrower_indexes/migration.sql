-- A code takes less disk. Indexes that grow at their end are packed, those that grow at their beginning are half empty: the list is
-- read backwards instead. Equal entries of a B-tree share one key: batches and advocates are told by a key alone, not in an order.
-- Where there are codes, a worker builds the new indexes while the service answers (prisma/background/steps.ts).
DO $$
BEGIN
  IF EXISTS (SELECT FROM "referral") THEN
    INSERT INTO "background_migration" ("name") VALUES ('20261128171000_narrower_indexes');
  ELSE
    DROP INDEX "referral_list_idx", "referral_application_id_batch_id_created_id_idx", "referral_advocate_idx";
    CREATE INDEX "referral_created_idx" ON "referral" ("application_id", "campaign_id", "created", "id", "code_search");
    CREATE INDEX "referral_batch_idx" ON "referral" ("application_id", "batch_id", "created") WHERE "batch_id" IS NOT NULL;
    CREATE INDEX "referral_unbatched_idx" ON "referral" ("application_id", "campaign_id") WHERE "batch_id" IS NULL;
    CREATE INDEX "referral_advocate_hash_idx" ON "referral" ("application_id", hashtextextended("advocate_integration_id", 0));
  END IF;
END
$$;

-- Codes that were never redeemed are listed by when they were made.
DROP INDEX "referral_id_idx";

-- What waits to be merged takes pages that the index then keeps: a shorter list is merged more often, and keeps fewer.
ALTER INDEX "referral_code_search_idx" SET (gin_pending_list_limit = 16384);
ALTER INDEX "referral_advocate_search_idx" SET (gin_pending_list_limit = 16384);
ALTER INDEX "referral_attributes_idx" SET (gin_pending_list_limit = 4096);

-- Room for one redemption in a page, which the next one tidies up.
ALTER TABLE "referral" SET (fillfactor = 95);
