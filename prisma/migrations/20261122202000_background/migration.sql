-- Large operations are planned and applied in the background, in chunks: who works on one and until when, how far it is,
-- what went wrong at the last try, and whether somebody asked it to stop. A plan that was replaced is removed so as well.
ALTER TABLE "operation" ADD COLUMN "started" TIMESTAMPTZ(3),
  ADD COLUMN "total" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "done" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "done_to" BIGINT,
  ADD COLUMN "cancelled" TIMESTAMPTZ(3),
  ADD COLUMN "lease_owner" TEXT,
  ADD COLUMN "lease_until" TIMESTAMPTZ(3),
  ADD COLUMN "attempts" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "problem" TEXT;
ALTER TABLE "operation" DROP CONSTRAINT "operation_state_check",
  ADD CONSTRAINT "operation_state_check" CHECK ("state" IN ('planning', 'planned', 'running', 'applied', 'dropped'));

-- What waits for a worker, or is being worked on.
CREATE INDEX "operation_waiting_idx" ON "operation" ("id") WHERE "state" IN ('planning', 'running', 'dropped');
-- People see an operation from the moment it runs. Each is undone at most once, and again where the undoing was cancelled.
DROP INDEX "operation_applied_idx";
CREATE INDEX "operation_list_idx" ON "operation" ("application_id", "campaign_id", "id" DESC) WHERE "state" IN ('running', 'applied');
DROP INDEX "operation_undoes_idx";
CREATE UNIQUE INDEX "operation_undoes_idx" ON "operation" ("application_id", "undoes_id") WHERE "state" IN ('running', 'applied') AND "cancelled" IS NULL;
-- The background operations that run or ended a moment ago, which open pages ask for again and again.
CREATE INDEX "operation_progress_idx" ON "operation" ("application_id", "started" DESC) WHERE "started" IS NOT NULL AND "state" IN ('running', 'applied');
