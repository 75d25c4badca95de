-- What searches compare an advocate by, as lib/referrals/folding.ts folds it: PostgreSQL and JavaScript disagree on some
-- letters, so SQL folds ASCII alone, alike everywhere. NULL where code and advocate are ASCII, which is most of them.
ALTER TABLE "referral" ADD COLUMN "advocate_search" TEXT;
ALTER TABLE "import_row" ADD COLUMN "advocate_search" TEXT;
ALTER TABLE "creation_row" ADD COLUMN "advocate_search" TEXT;

DROP INDEX "referral_advocate_search_idx";
CREATE INDEX "referral_advocate_search_idx" ON "referral"
  USING GIN ((coalesce("advocate_search", lower("advocate_integration_id" COLLATE "C"))) gin_trgm_ops) WITH (gin_pending_list_limit = 65536);

-- Codes that were stored by an older folding, or restored from a record of one: the worker folds them, then this is empty.
CREATE INDEX "referral_unfolded_idx" ON "referral" ("id") WHERE "advocate_search" IS NULL
  AND (octet_length("code") > length("code") OR octet_length("advocate_integration_id") > length("advocate_integration_id"));

-- For what no column keeps folded (friends, attributes), both sides are folded when they are compared. As near to the
-- stored folding as SQL comes: accents are left out, and letters that differ by case alone are one.
CREATE FUNCTION "folded_text"(t text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN octet_length(t) = length(t) THEN lower(t COLLATE "C")
    ELSE regexp_replace(normalize(replace(replace(lower(upper(lower(normalize(t, NFKD)))), 'ς', 'σ'), 'ß', 'ss'), NFKD),
      '[\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u05BF\u05C1\u05C2\u0610-\u061A\u064B-\u065F\u0670\u093C\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\u3099\u309A\uFE20-\uFE2F]', '', 'g') END
$$;
