-- A redemption changes `usage_counter` alone. No index of `referral` holds it any more, so that its update touches one page and no
-- index, for which pages keep room. Lists by redemptions read a narrow table of the redeemed codes instead, whose columns are
-- called as those of `referral`; codes that are not in it were never redeemed.
CREATE TABLE "redeemed" (
    "application_id" INTEGER NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "usage_counter" INTEGER NOT NULL,
    "used_up" BOOLEAN NOT NULL,

    CONSTRAINT "redeemed_pkey" PRIMARY KEY ("application_id","campaign_id","usage_counter","id")
);
ALTER TABLE "redeemed" ADD CHECK ("usage_counter" > 0);
INSERT INTO "redeemed" SELECT "application_id", "campaign_id", "id", "usage_counter", "usage_limit" > 0 AND "usage_counter" >= "usage_limit"
  FROM "referral" WHERE "usage_counter" > 0 ORDER BY 1, 2, 4, 3;
CREATE INDEX "redeemed_used_up_idx" ON "redeemed" ("application_id", "campaign_id") WHERE "used_up";
-- Its rows and entries move with every redemption: they are tidied early, which costs little in a table as narrow as this.
ALTER TABLE "redeemed" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);

DROP INDEX "referral_redemptions_idx", "referral_used_up_idx";
CREATE INDEX "referral_id_idx" ON "referral" ("application_id", "campaign_id", "id");
ALTER TABLE "referral" SET (fillfactor = 90);

-- Kept by whatever changes a code: by statement where codes come and go, by row where a counter or a limit changes.
CREATE FUNCTION "keep_redeemed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "redeemed" SELECT "application_id", "campaign_id", "id", "usage_counter", "usage_limit" > 0 AND "usage_counter" >= "usage_limit"
      FROM touched WHERE "usage_counter" > 0;
  ELSE
    DELETE FROM "redeemed" d USING touched t WHERE t."usage_counter" > 0 AND d."application_id" = t."application_id"
      AND d."campaign_id" = t."campaign_id" AND d."usage_counter" = t."usage_counter" AND d."id" = t."id";
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "redeemed_inserted" AFTER INSERT ON "referral" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION "keep_redeemed"();
CREATE TRIGGER "redeemed_deleted" AFTER DELETE ON "referral" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION "keep_redeemed"();

CREATE FUNCTION "move_redeemed"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  full_now boolean := NEW."usage_limit" > 0 AND NEW."usage_counter" >= NEW."usage_limit";
BEGIN
  IF OLD."usage_counter" = 0 THEN
    INSERT INTO "redeemed" VALUES (NEW."application_id", NEW."campaign_id", NEW."id", NEW."usage_counter", full_now);
  ELSIF NEW."usage_counter" = 0 THEN
    DELETE FROM "redeemed" d WHERE d."application_id" = OLD."application_id" AND d."campaign_id" = OLD."campaign_id"
      AND d."usage_counter" = OLD."usage_counter" AND d."id" = OLD."id";
  ELSE
    UPDATE "redeemed" d SET "usage_counter" = NEW."usage_counter", "used_up" = full_now
      WHERE d."application_id" = OLD."application_id" AND d."campaign_id" = OLD."campaign_id"
        AND d."usage_counter" = OLD."usage_counter" AND d."id" = OLD."id";
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "redeemed_moved" AFTER UPDATE OF "usage_counter", "usage_limit" ON "referral" FOR EACH ROW
  WHEN (OLD."usage_counter" <> NEW."usage_counter" OR NEW."usage_counter" > 0
    AND (OLD."usage_limit" > 0 AND OLD."usage_counter" >= OLD."usage_limit") <> (NEW."usage_limit" > 0 AND NEW."usage_counter" >= NEW."usage_limit"))
  EXECUTE FUNCTION "move_redeemed"();
