-- A batch's redemptions are what the ledger says of its codes. The worker adds them up, up to the id that `tallied` keeps; a redemption
-- itself writes nothing for its batch any more. Codes that go, or come back, take with them what was added up of them.
DROP TRIGGER "referral_redemptions_moved" ON "referral";
DROP TRIGGER "referral_redemptions_inserted" ON "referral";
DROP TRIGGER "referral_redemptions_deleted" ON "referral";
DROP FUNCTION "count_batch_redemption"();
DROP FUNCTION "count_batch_redemptions"();
DROP TABLE "batch_redemptions";

CREATE TABLE "batch_tally" (
    "application_id" INTEGER NOT NULL,
    "batch_id" TEXT NOT NULL,
    "redemptions" BIGINT NOT NULL,

    CONSTRAINT "batch_tally_pkey" PRIMARY KEY ("application_id","batch_id")
);
LOCK TABLE "referral", "tallied" IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO "batch_tally" SELECT r."application_id", r."batch_id", sum(d."amount")
  FROM "tallied" k JOIN "redemption" d ON d."application_id" = k."application_id" AND d."id" <= k."to_id"
  JOIN "referral" r ON r."application_id" = d."application_id" AND r."id" = d."referral_id" WHERE r."batch_id" IS NOT NULL GROUP BY 1, 2;

CREATE FUNCTION "tally_batches"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- New codes were never redeemed. OFFSET keeps it a look into the index for each code.
  PERFORM FROM touched t WHERE "batch_id" IS NOT NULL
    AND EXISTS (SELECT FROM "redemption" d WHERE d."application_id" = t."application_id" AND d."referral_id" = t."id" OFFSET 0) LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  -- Until this transaction ends the worker adds up nothing; and what it has added up by now is seen by the next statement.
  INSERT INTO "tallied" ("application_id", "seen_id", "seen_at") SELECT DISTINCT "application_id", 0, now() FROM touched ON CONFLICT DO NOTHING;
  PERFORM FROM "tallied" WHERE "application_id" IN (SELECT "application_id" FROM touched) ORDER BY "application_id" FOR KEY SHARE;
  INSERT INTO "batch_tally" AS b
    SELECT t."application_id", t."batch_id", CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END * sum(added.n)
    FROM touched t JOIN "tallied" k ON k."application_id" = t."application_id"
    CROSS JOIN LATERAL (SELECT sum(d."amount") AS n FROM "redemption" d
      WHERE d."application_id" = t."application_id" AND d."referral_id" = t."id" AND d."id" <= k."to_id" OFFSET 0) added
    WHERE t."batch_id" IS NOT NULL AND added.n <> 0 GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT ("application_id", "batch_id") DO UPDATE SET "redemptions" = b."redemptions" + EXCLUDED."redemptions";
  RETURN NULL;
END
$$;
-- After "referral_count_…", by their names: the campaign is locked by then.
CREATE TRIGGER "referral_tally_batches_inserted" AFTER INSERT ON "referral" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION "tally_batches"();
CREATE TRIGGER "referral_tally_batches_deleted" AFTER DELETE ON "referral" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION "tally_batches"();
