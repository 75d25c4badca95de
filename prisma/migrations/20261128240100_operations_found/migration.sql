-- The log is read with the codes that were made one at a time grouped by day: each kind of entry has its own order.
CREATE INDEX "operation_single_idx" ON "operation" ("application_id", "campaign_id", coalesce("applied", "started", "planned") DESC, "id" DESC)
  WHERE "state" IN ('running', 'applied') AND "kind" = 'create' AND "matched" = 1;
CREATE INDEX "operation_grouped_idx" ON "operation" ("application_id", "campaign_id", coalesce("applied", "started", "planned") DESC, "id" DESC)
  WHERE "state" IN ('running', 'applied') AND NOT ("kind" = 'create' AND "matched" = 1);
CREATE INDEX "operation_kind_idx" ON "operation" ("application_id", "campaign_id", "kind", coalesce("applied", "started", "planned") DESC, "id" DESC)
  WHERE "state" IN ('running', 'applied') AND NOT ("kind" = 'create' AND "matched" = 1);

-- What was about a batch: operations that name it, and those that undo or repeat one.
CREATE INDEX "operation_batch_idx" ON "operation" ("application_id", ("selection" ->> 'batchId')) WHERE "selection" ->> 'batchId' IS NOT NULL;
CREATE INDEX "operation_repeats_idx" ON "operation" ("application_id", ("selection" ->> 'operationId')) WHERE "selection" ->> 'operationId' IS NOT NULL;
CREATE INDEX "operation_undone_idx" ON "operation" ("application_id", "undoes_id") WHERE "undoes_id" IS NOT NULL;

-- The record of a code is found by its id, which a deleted code has nowhere else than in the record of its deletion. Where there are many
-- records, a worker builds the index while the service answers (prisma/background/steps.ts).
DO $$
BEGIN
  IF EXISTS (SELECT FROM "change") THEN
    INSERT INTO "background_migration" ("name") VALUES ('20261128240100_operations_found');
  ELSE
    CREATE INDEX "change_deleted_idx" ON "change" ("application_id", "code") WHERE "after" IS NULL AND "before" IS NOT NULL;
  END IF;
END
$$;
