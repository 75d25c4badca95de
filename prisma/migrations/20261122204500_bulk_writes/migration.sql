-- PostgreSQL checks a foreign key row by row, which was a quarter of the time of an import. Codes and recorded changes have
-- few parents, so a statement checks and locks each of them once: a parent that is missing refuses the statement, and one
-- that has children is not deleted. As strong as the keys they replace under READ COMMITTED, which deletions insist on.
ALTER TABLE "referral" DROP CONSTRAINT "referral_application_id_campaign_id_fkey", DROP CONSTRAINT "referral_application_id_batch_id_fkey";
ALTER TABLE "change" DROP CONSTRAINT "change_application_id_operation_id_fkey";

-- Counting updates, and so locks, the campaigns and batches of new codes: those that it does not find are missing.
CREATE OR REPLACE FUNCTION "count_referrals"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
  missing bigint;
BEGIN
  WITH t AS (SELECT "application_id", "campaign_id", count(*) AS n FROM touched GROUP BY 1, 2),
    counted AS (UPDATE "campaign" c SET "referral_count" = c."referral_count" + sign * t.n FROM t
      WHERE c."application_id" = t."application_id" AND c."id" = t."campaign_id" RETURNING 1)
    SELECT (SELECT count(*) FROM t) - (SELECT count(*) FROM counted) INTO missing;
  IF missing > 0 THEN
    RAISE foreign_key_violation USING MESSAGE = 'a referral names a campaign that does not exist', CONSTRAINT = 'referral_campaign';
  END IF;
  WITH t AS (SELECT "application_id", "batch_id", count(*) AS n FROM touched WHERE "batch_id" IS NOT NULL GROUP BY 1, 2),
    counted AS (UPDATE "batch" b SET "referral_count" = b."referral_count" + sign * t.n FROM t
      WHERE b."application_id" = t."application_id" AND b."batch_id" = t."batch_id" RETURNING 1)
    SELECT (SELECT count(*) FROM t) - (SELECT count(*) FROM counted) INTO missing;
  IF missing > 0 THEN
    RAISE foreign_key_violation USING MESSAGE = 'a referral names a batch that does not exist', CONSTRAINT = 'referral_batch';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION "lock_operations"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parent record;
BEGIN
  FOR parent IN SELECT DISTINCT "application_id", "operation_id" FROM added ORDER BY 1, 2 LOOP
    PERFORM FROM "operation" o WHERE o."application_id" = parent."application_id" AND o."id" = parent."operation_id" FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE foreign_key_violation USING MESSAGE = 'a change names an operation that does not exist', CONSTRAINT = 'change_operation';
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
CREATE TRIGGER "change_operation" AFTER INSERT ON "change" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "lock_operations"();

-- A deletion waits for statements that add children, then looks for them; a snapshot from before it would not see them.
-- One parent after another, so that each is looked up by an index, whatever is known of the tables.
CREATE FUNCTION "keep_parents"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parent record;
BEGIN
  IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
    RAISE object_not_in_prerequisite_state USING MESSAGE = format('rows of %I are deleted under READ COMMITTED only', TG_TABLE_NAME);
  END IF;
  FOR parent IN SELECT * FROM gone LOOP
    IF TG_TABLE_NAME = 'operation' THEN
      DELETE FROM "change" c WHERE c."application_id" = parent."application_id" AND c."operation_id" = parent."id";
    ELSIF TG_TABLE_NAME = 'campaign' THEN
      PERFORM FROM "referral" r WHERE r."application_id" = parent."application_id" AND r."campaign_id" = parent."id" LIMIT 1;
      IF FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'the campaign has referrals', CONSTRAINT = 'referral_campaign';
      END IF;
    ELSE
      PERFORM FROM "referral" r WHERE r."application_id" = parent."application_id" AND r."batch_id" = parent."batch_id" LIMIT 1;
      IF FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'the batch has referrals', CONSTRAINT = 'referral_batch';
      END IF;
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
CREATE TRIGGER "keep_parents" AFTER DELETE ON "campaign" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "keep_parents"();
CREATE TRIGGER "keep_parents" AFTER DELETE ON "batch" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "keep_parents"();
CREATE TRIGGER "keep_parents" AFTER DELETE ON "operation" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "keep_parents"();

-- Nobody moves: the keys of parents, and the parents of codes and changes, stay as they were made; nor are parents truncated.
CREATE FUNCTION "refuse_move"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE foreign_key_violation USING MESSAGE = format('rows of %I keep their keys and parents', TG_TABLE_NAME);
END
$$;
CREATE TRIGGER "refuse_move" BEFORE UPDATE OF "application_id", "id" ON "campaign" FOR EACH ROW
  WHEN ((OLD."application_id", OLD."id") IS DISTINCT FROM (NEW."application_id", NEW."id")) EXECUTE FUNCTION "refuse_move"();
CREATE TRIGGER "refuse_move" BEFORE UPDATE OF "application_id", "batch_id" ON "batch" FOR EACH ROW
  WHEN ((OLD."application_id", OLD."batch_id") IS DISTINCT FROM (NEW."application_id", NEW."batch_id")) EXECUTE FUNCTION "refuse_move"();
CREATE TRIGGER "refuse_move" BEFORE UPDATE OF "application_id", "id" ON "operation" FOR EACH ROW
  WHEN ((OLD."application_id", OLD."id") IS DISTINCT FROM (NEW."application_id", NEW."id")) EXECUTE FUNCTION "refuse_move"();
CREATE TRIGGER "refuse_move" BEFORE UPDATE OF "application_id", "campaign_id", "batch_id" ON "referral" FOR EACH ROW
  WHEN ((OLD."application_id", OLD."campaign_id", OLD."batch_id") IS DISTINCT FROM (NEW."application_id", NEW."campaign_id", NEW."batch_id"))
  EXECUTE FUNCTION "refuse_move"();
CREATE TRIGGER "refuse_move" BEFORE UPDATE OF "application_id", "operation_id" ON "change" FOR EACH ROW
  WHEN ((OLD."application_id", OLD."operation_id") IS DISTINCT FROM (NEW."application_id", NEW."operation_id")) EXECUTE FUNCTION "refuse_move"();
CREATE TRIGGER "refuse_truncate" BEFORE TRUNCATE ON "campaign" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_move"();
CREATE TRIGGER "refuse_truncate" BEFORE TRUNCATE ON "batch" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_move"();
CREATE TRIGGER "refuse_truncate" BEFORE TRUNCATE ON "operation" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_move"();

-- New entries wait in a list until there are many: merging them four times as seldom made an insert 2 s of 7 faster, and a
-- search that has to look through the full list takes 10 ms.
ALTER INDEX "referral_code_search_idx" SET (gin_pending_list_limit = 16384);
ALTER INDEX "referral_advocate_search_idx" SET (gin_pending_list_limit = 16384);
ALTER INDEX "referral_attributes_idx" SET (gin_pending_list_limit = 16384);

-- What the log will hold of a checked row, written while the file is read.
ALTER TABLE "import_row" ADD COLUMN "recorded" JSONB;
