-- The advocates for whom a creation in the background has still to make a code, in the order of its list.
CREATE TABLE "creation_row" (
    "application_id" INTEGER NOT NULL,
    "operation_id" BIGINT NOT NULL,
    "line" INTEGER NOT NULL,
    "advocate_integration_id" TEXT NOT NULL,

    CONSTRAINT "creation_row_pkey" PRIMARY KEY ("application_id","operation_id","line")
);
