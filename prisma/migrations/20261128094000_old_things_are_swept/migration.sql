-- What is old is looked for every minute, in all applications: plans that nobody applied, and files that nobody committed.
CREATE INDEX "operation_planned_idx" ON "operation" ("planned") WHERE "state" IN ('planning', 'planned');
CREATE INDEX "import_waiting_idx" ON "import" ("created") WHERE "operation_id" IS NULL;
