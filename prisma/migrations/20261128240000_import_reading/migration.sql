ALTER TABLE "import" ADD COLUMN "reading" JSONB NOT NULL DEFAULT '{}';

CREATE TABLE "column_choice" (
    "application_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "field" TEXT,
    "used" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "column_choice_pkey" PRIMARY KEY ("application_id","name"),
    CONSTRAINT "column_choice_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "application"("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);
