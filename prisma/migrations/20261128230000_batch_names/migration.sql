-- A batch is called something, and may have a note. The keys are both, folded by the application: by them batches are searched and sorted.
ALTER TABLE "batch" ADD COLUMN "name" TEXT NOT NULL DEFAULT '', ADD COLUMN "name_key" TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN "note" TEXT NOT NULL DEFAULT '', ADD COLUMN "note_key" TEXT NOT NULL DEFAULT '',
  ADD CHECK (char_length("name") <= 120), ADD CHECK (char_length("note") <= 1000), ADD CHECK (("name" = '') = ("name_key" = ''));

-- How often the codes of a batch were redeemed. Whoever redeems a code counts in the slot of their connection, so that those who redeem
-- different codes of one batch at the same moment seldom wait for each other; the sum of the slots is exact.
CREATE TABLE "batch_redemptions" (
    "application_id" INTEGER NOT NULL,
    "batch_id" TEXT NOT NULL,
    "slot" SMALLINT NOT NULL,
    "redemptions" BIGINT NOT NULL,

    CONSTRAINT "batch_redemptions_pkey" PRIMARY KEY ("application_id","batch_id","slot")
);
-- Rows change in place, and are tidied early.
ALTER TABLE "batch_redemptions" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);

LOCK TABLE "referral" IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO "batch_redemptions" SELECT r."application_id", r."batch_id", 0, sum(r."usage_counter")
  FROM "redeemed" d JOIN "referral" r ON r."application_id" = d."application_id" AND r."id" = d."id" WHERE r."batch_id" IS NOT NULL GROUP BY 1, 2;

CREATE FUNCTION "count_batch_redemption"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Nearly always the slot is there: an INSERT that finds it would lock it first, and write that down too.
  UPDATE "batch_redemptions" SET "redemptions" = "redemptions" + NEW."usage_counter" - OLD."usage_counter"
    WHERE "application_id" = NEW."application_id" AND "batch_id" = NEW."batch_id" AND "slot" = pg_backend_pid() % 32;
  IF NOT FOUND THEN
    INSERT INTO "batch_redemptions" AS c VALUES (NEW."application_id", NEW."batch_id", pg_backend_pid() % 32, NEW."usage_counter" - OLD."usage_counter")
      ON CONFLICT ("application_id", "batch_id", "slot") DO UPDATE SET "redemptions" = c."redemptions" + EXCLUDED."redemptions";
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "referral_redemptions_moved" AFTER UPDATE OF "usage_counter" ON "referral" FOR EACH ROW
  WHEN (NEW."batch_id" IS NOT NULL AND OLD."usage_counter" <> NEW."usage_counter") EXECUTE FUNCTION "count_batch_redemption"();

-- Codes that come back, or go, with what was redeemed of them. After "referral_count_…", by their names: the campaign is locked by then.
CREATE FUNCTION "count_batch_redemptions"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "batch_redemptions" AS c
    SELECT "application_id", "batch_id", pg_backend_pid() % 32, CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END * sum("usage_counter")
    FROM touched WHERE "batch_id" IS NOT NULL AND "usage_counter" > 0 GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT ("application_id", "batch_id", "slot") DO UPDATE SET "redemptions" = c."redemptions" + EXCLUDED."redemptions";
  RETURN NULL;
END
$$;
CREATE TRIGGER "referral_redemptions_inserted" AFTER INSERT ON "referral" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION "count_batch_redemptions"();
CREATE TRIGGER "referral_redemptions_deleted" AFTER DELETE ON "referral" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION "count_batch_redemptions"();
