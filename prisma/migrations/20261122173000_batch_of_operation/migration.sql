-- The batch an operation made, looked up for every line of the operations list.
CREATE INDEX "batch_application_id_operation_id_idx" ON "batch"("application_id", "operation_id");
