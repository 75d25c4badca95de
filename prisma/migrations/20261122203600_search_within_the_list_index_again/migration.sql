-- Walking the list for a searched code reads the index alone: a tenth of the time that it takes with the rows.
CREATE INDEX "referral_newest_idx" ON "referral" ("application_id", "campaign_id", "created" DESC, "id" DESC, "code_search");
DROP INDEX "referral_list_idx";
ALTER INDEX "referral_newest_idx" RENAME TO "referral_list_idx";
