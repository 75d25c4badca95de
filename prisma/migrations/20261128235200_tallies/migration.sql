-- What the overview adds up, by quarters of an hour: the clocks of every zone begin their days at one. Codes are tallied by the
-- statement that makes or deletes them, which holds their campaign anyway. Redemptions are tallied by the worker, up to an id below
-- which no transaction is under way; a redemption itself writes nothing more than before.
CREATE TABLE "code_tally" (
    "application_id" INTEGER NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "begins" TIMESTAMPTZ(3) NOT NULL,
    "codes" INTEGER NOT NULL,

    CONSTRAINT "code_tally_pkey" PRIMARY KEY ("application_id","campaign_id","begins")
);
CREATE TABLE "redemption_tally" (
    "application_id" INTEGER NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "begins" TIMESTAMPTZ(3) NOT NULL,
    "redemptions" INTEGER NOT NULL,

    CONSTRAINT "redemption_tally_pkey" PRIMARY KEY ("application_id","campaign_id","begins")
);
CREATE TABLE "tallied" (
    "application_id" INTEGER NOT NULL,
    "to_id" BIGINT NOT NULL DEFAULT 0,
    "seen_id" BIGINT NOT NULL,
    "seen_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "tallied_pkey" PRIMARY KEY ("application_id")
);

-- Codes that were there before are tallied by a worker, a campaign at a time; until then they are counted one by one.
ALTER TABLE "campaign" ADD COLUMN "tallied" BOOLEAN NOT NULL DEFAULT true;
UPDATE "campaign" SET "tallied" = false WHERE "referral_count" > 0;

CREATE FUNCTION "tally_codes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "code_tally" AS t ("application_id", "campaign_id", "begins", "codes")
    SELECT "application_id", "campaign_id", date_bin('15 minutes', "created", 'epoch'), CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END * count(*)
    FROM touched GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT ("application_id", "campaign_id", "begins") DO UPDATE SET "codes" = t."codes" + EXCLUDED."codes";
  RETURN NULL;
END
$$;
-- After "referral_count_…", by their names: the campaigns are locked by then.
CREATE TRIGGER "referral_tally_inserted" AFTER INSERT ON "referral" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION "tally_codes"();
CREATE TRIGGER "referral_tally_deleted" AFTER DELETE ON "referral" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION "tally_codes"();

-- Tallies count what was redeemed; what was taken back since is counted by itself.
DO $$
BEGIN
  IF EXISTS (SELECT FROM "redemption") OR EXISTS (SELECT FROM "referral") THEN
    INSERT INTO "background_migration" ("name") VALUES ('20261128235200_tallies');
  ELSE
    CREATE INDEX "redemption_taken_back_idx" ON "redemption" ("application_id", "campaign_id", "created", "id") WHERE "taken_back";
  END IF;
END
$$;

-- Codes that are nearly used up: one redemption is left, or a fifth of them, and there were more than one.
CREATE FUNCTION "nearly_used_up"(usage_limit int, usage_counter int) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT usage_limit > 1 AND usage_counter < usage_limit AND (usage_counter = usage_limit - 1 OR usage_counter::bigint * 5 >= usage_limit::bigint * 4)
$$;
ALTER TABLE "redeemed" ADD COLUMN "nearly_used_up" BOOLEAN NOT NULL DEFAULT false;
UPDATE "redeemed" d SET "nearly_used_up" = true FROM "referral" r
  WHERE r."application_id" = d."application_id" AND r."id" = d."id" AND nearly_used_up(r."usage_limit", r."usage_counter");
CREATE INDEX "redeemed_nearly_used_up_idx" ON "redeemed" ("application_id", "campaign_id", "usage_counter", "id") WHERE "nearly_used_up";

CREATE OR REPLACE FUNCTION "keep_redeemed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "redeemed" SELECT "application_id", "campaign_id", "id", "usage_counter", "usage_limit" > 0 AND "usage_counter" >= "usage_limit",
        nearly_used_up("usage_limit", "usage_counter")
      FROM touched WHERE "usage_counter" > 0;
  ELSE
    DELETE FROM "redeemed" d USING touched t WHERE t."usage_counter" > 0 AND d."application_id" = t."application_id"
      AND d."campaign_id" = t."campaign_id" AND d."usage_counter" = t."usage_counter" AND d."id" = t."id";
  END IF;
  RETURN NULL;
END
$$;
CREATE OR REPLACE FUNCTION "move_redeemed"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  full_now boolean := NEW."usage_limit" > 0 AND NEW."usage_counter" >= NEW."usage_limit";
  nearly_now boolean := nearly_used_up(NEW."usage_limit", NEW."usage_counter");
BEGIN
  IF OLD."usage_counter" = 0 THEN
    INSERT INTO "redeemed" VALUES (NEW."application_id", NEW."campaign_id", NEW."id", NEW."usage_counter", full_now, nearly_now);
  ELSIF NEW."usage_counter" = 0 THEN
    DELETE FROM "redeemed" d WHERE d."application_id" = OLD."application_id" AND d."campaign_id" = OLD."campaign_id"
      AND d."usage_counter" = OLD."usage_counter" AND d."id" = OLD."id";
  ELSE
    UPDATE "redeemed" d SET "usage_counter" = NEW."usage_counter", "used_up" = full_now, "nearly_used_up" = nearly_now
      WHERE d."application_id" = OLD."application_id" AND d."campaign_id" = OLD."campaign_id"
        AND d."usage_counter" = OLD."usage_counter" AND d."id" = OLD."id";
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER "redeemed_moved" ON "referral";
CREATE TRIGGER "redeemed_moved" AFTER UPDATE OF "usage_counter", "usage_limit" ON "referral" FOR EACH ROW
  WHEN (OLD."usage_counter" <> NEW."usage_counter" OR NEW."usage_counter" > 0
    AND ((OLD."usage_limit" > 0 AND OLD."usage_counter" >= OLD."usage_limit") <> (NEW."usage_limit" > 0 AND NEW."usage_counter" >= NEW."usage_limit")
      OR nearly_used_up(OLD."usage_limit", OLD."usage_counter") <> nearly_used_up(NEW."usage_limit", NEW."usage_counter")))
  EXECUTE FUNCTION "move_redeemed"();
