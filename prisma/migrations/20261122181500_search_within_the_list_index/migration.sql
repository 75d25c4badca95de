-- The list index also holds the searched text: a search that walks the list reads the index alone, not the table.
CREATE INDEX "referral_list_idx" ON "referral" ("application_id", "campaign_id", "created" DESC, "id" DESC, "code_search");
DROP INDEX "referral_application_id_campaign_id_created_id_idx";
