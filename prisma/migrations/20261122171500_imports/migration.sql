-- Uploaded files that were checked, and their rows until they are committed or discarded.
-- CreateTable
CREATE TABLE "import" (
    "application_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "actor" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_size" BIGINT NOT NULL DEFAULT 0,
    "delimiter" TEXT NOT NULL DEFAULT ',',
    "columns" TEXT[],
    "ignored" TEXT[],
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "failed_count" INTEGER NOT NULL DEFAULT 0,
    "causes" JSONB NOT NULL DEFAULT '{}',
    "blank_limits" INTEGER NOT NULL DEFAULT 0,
    "blank_lines" INTEGER NOT NULL DEFAULT 0,
    "operation_id" BIGINT,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_pkey" PRIMARY KEY ("application_id","id")
);

-- CreateTable: unlogged, because a file that a crash loses is uploaded again.
CREATE UNLOGGED TABLE "import_row" (
    "application_id" INTEGER NOT NULL,
    "import_id" BIGINT NOT NULL,
    "line" INTEGER NOT NULL,
    "raw" TEXT NOT NULL,
    "code" TEXT,
    "code_search" TEXT,
    "advocate_integration_id" TEXT,
    "usage_limit" INTEGER,
    "valid_from" TIMESTAMPTZ(3),
    "valid_until" TIMESTAMPTZ(3),
    "attributes" JSONB,
    "problems" JSONB,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("application_id","import_id","line")
);

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_application_id_campaign_id_fkey" FOREIGN KEY ("application_id", "campaign_id") REFERENCES "campaign"("application_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_application_id_operation_id_fkey" FOREIGN KEY ("application_id", "operation_id") REFERENCES "operation"("application_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


ALTER TABLE "import" ADD CHECK ("failed_count" BETWEEN 0 AND "row_count"),
  ADD CHECK ("operation_id" IS NULL OR "failed_count" = 0);
-- The rows with problems, in the order of the file.
CREATE INDEX "import_row_problem_idx" ON "import_row" ("application_id", "import_id", "line") WHERE "problems" IS NOT NULL;
