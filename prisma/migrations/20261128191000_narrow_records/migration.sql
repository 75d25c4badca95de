-- The record of a new code takes less disk: what a creation gives to all of its codes alike is kept once, with the operation. Rows
-- recorded before hold all of it themselves, and stay as they are.
ALTER TABLE "operation" ADD COLUMN "given" JSONB;
ALTER TABLE "import" ADD COLUMN "given" JSONB;

-- A code has few changes, so a key alone tells them. Where there are many, a worker builds the index while the service answers
-- (prisma/background/steps.ts).
DO $$
BEGIN
  IF EXISTS (SELECT FROM "change") THEN
    INSERT INTO "background_migration" ("name") VALUES ('20261128191000_narrow_records');
  ELSE
    DROP INDEX "change_application_id_referral_id_operation_id_idx";
    CREATE INDEX "change_referral_idx" ON "change" ("referral_id");
  END IF;
END
$$;

-- Operations come one after the other, so that nothing is ever put between the entries of an earlier one.
ALTER INDEX "change_pkey" SET (fillfactor = 100);
