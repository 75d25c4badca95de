ALTER TABLE "campaign" ADD COLUMN "link_pattern" TEXT NOT NULL DEFAULT '';
