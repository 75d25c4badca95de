-- A friend stays referred when the code is deleted: its advocate is written into the ledger then, and only then, so that
-- redeeming costs nothing more.
ALTER TABLE "redemption" ADD COLUMN "advocate_integration_id" TEXT;

UPDATE "redemption" d SET "advocate_integration_id" = (
    SELECT coalesce(c."before" ->> 'advocate_integration_id', c."before" ->> 'advocate') FROM "change" c
    WHERE c."application_id" = d."application_id" AND c."referral_id" = d."referral_id" AND c."after" IS NULL AND c."before" IS NOT NULL
    ORDER BY c."operation_id" DESC LIMIT 1)
  WHERE d."amount" = 1 AND NOT d."taken_back"
    AND NOT EXISTS (SELECT FROM "referral" r WHERE r."application_id" = d."application_id" AND r."id" = d."referral_id");

CREATE INDEX "redemption_advocate_idx" ON "redemption" ("application_id", hashtextextended("advocate_integration_id", 0))
  WHERE "advocate_integration_id" IS NOT NULL;

CREATE FUNCTION "keep_advocates"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "redemption" d SET "advocate_integration_id" = t."advocate_integration_id"
    FROM touched t WHERE t."usage_counter" > 0 AND d."application_id" = t."application_id" AND d."referral_id" = t."id"
      AND d."amount" = 1 AND NOT d."taken_back";
  RETURN NULL;
END
$$;
CREATE TRIGGER "redemption_advocates" AFTER DELETE ON "referral" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION "keep_advocates"();
