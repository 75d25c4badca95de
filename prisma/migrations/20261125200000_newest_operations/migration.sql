-- Newest first is by when an operation was applied, or began to be: a plan may be left open while later ones are applied.
DROP INDEX "operation_list_idx";
CREATE INDEX "operation_list_idx" ON "operation" ("application_id", "campaign_id", coalesce("applied", "started", "planned") DESC, "id" DESC)
  WHERE "state" IN ('running', 'applied');
