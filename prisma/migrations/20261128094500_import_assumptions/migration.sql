-- What was assumed of a file is counted, and of each column that is left out, what it holds. How much files read earlier
-- held is not known.
ALTER TABLE "import" ADD COLUMN "left_out" JSONB NOT NULL DEFAULT '[]', ADD COLUMN "assumed" JSONB NOT NULL DEFAULT '{}';
UPDATE "import" SET "left_out" = (
  SELECT coalesce(jsonb_agg(jsonb_build_object('column', left(name, 60), 'values', NULL)), '[]') FROM unnest("ignored") name);
ALTER TABLE "import" DROP COLUMN "ignored";
