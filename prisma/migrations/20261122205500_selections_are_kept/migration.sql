-- A crash must not make a selection smaller while an operation is planned from it, so its rows are logged like all others.
ALTER TABLE "selection_row" SET LOGGED;
-- What a selection was stays known when its rows are removed.
ALTER TABLE "selection" ADD COLUMN "removed" TIMESTAMPTZ(3);
DROP INDEX "selection_created_idx";
CREATE INDEX "selection_kept_idx" ON "selection" ("created") WHERE "removed" IS NULL;
