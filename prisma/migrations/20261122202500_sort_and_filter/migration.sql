-- The list in each of its orders. Codes are compared byte by byte, so that every server orders them alike.
CREATE INDEX "referral_code_idx" ON "referral" ("application_id", "campaign_id", "code" COLLATE "C");
CREATE INDEX "referral_redemptions_idx" ON "referral" ("application_id", "campaign_id", "usage_counter", "id");
CREATE INDEX "referral_valid_from_idx" ON "referral" ("application_id", "campaign_id", "valid_from", "id");
CREATE INDEX "referral_valid_until_idx" ON "referral" ("application_id", "campaign_id", "valid_until", "id");

-- Filters that may match few codes, far from where the list is open.
CREATE INDEX "referral_origin_idx" ON "referral" ("application_id", "campaign_id", "origin");
CREATE INDEX "referral_used_up_idx" ON "referral" ("application_id", "campaign_id") WHERE "usage_limit" > 0 AND "usage_counter" >= "usage_limit";
CREATE INDEX "referral_friend_idx" ON "referral" ("application_id", "campaign_id", hashtextextended("friend_integration_id", 0)) WHERE "friend_integration_id" IS NOT NULL;
CREATE INDEX "referral_advocate_search_idx" ON "referral" USING GIN (lower("advocate_integration_id") gin_trgm_ops);

-- A search asks for more than the code now, so the code alone in this index saves nothing; it made it 2.5 times as large.
DROP INDEX "referral_list_idx";
CREATE INDEX "referral_list_idx" ON "referral" ("application_id", "campaign_id", "created" DESC, "id" DESC);

-- Plans no longer hang on how common a text is.
ALTER TABLE "referral" ALTER COLUMN "code_search" SET STATISTICS -1;

-- The instant that an attribute's text names, or NULL: an attribute's type may have been another when it was written.
CREATE FUNCTION "attribute_instant"(value text) RETURNS timestamptz LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
  RETURN CASE WHEN value ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$' THEN value::timestamptz END;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END
$$;
