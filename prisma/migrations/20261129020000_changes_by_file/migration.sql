-- A row of a file that changes codes says which one, and what its changed fields held when the file was made.
ALTER TABLE "import_row" ADD COLUMN "referral_id" BIGINT, ADD COLUMN "base" JSONB;
CREATE INDEX "import_row_referral_idx" ON "import_row" ("application_id", "import_id", "referral_id") WHERE "referral_id" IS NOT NULL;
