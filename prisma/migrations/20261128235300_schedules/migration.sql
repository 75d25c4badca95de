-- Edits planned for a moment, which may take themselves back at another. `due` is when there is something to do next: null when it is over.
ALTER TABLE "operation" ADD COLUMN "unattended" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "schedule" (
  "application_id" INTEGER NOT NULL,
  "id" BIGSERIAL NOT NULL,
  "campaign_id" INTEGER NOT NULL,
  "actor_kind" TEXT NOT NULL,
  "actor_id" TEXT NOT NULL,
  "actor_name" TEXT NOT NULL,
  "selection" JSONB NOT NULL,
  "input" JSONB NOT NULL,
  "codes" INTEGER NOT NULL,
  "starts" TIMESTAMPTZ(3) NOT NULL,
  "ends" TIMESTAMPTZ(3),
  "state" TEXT NOT NULL DEFAULT 'waiting',
  "due" TIMESTAMPTZ(3),
  "operation_id" BIGINT,
  "undo_id" BIGINT,
  "refusal" TEXT,
  "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lease_owner" TEXT,
  "lease_until" TIMESTAMPTZ(3),
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "problem" TEXT,
  CONSTRAINT "schedule_pkey" PRIMARY KEY ("application_id", "id"),
  CONSTRAINT "schedule_campaign_fkey" FOREIGN KEY ("application_id", "campaign_id") REFERENCES "campaign" ("application_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT "schedule_state" CHECK ("state" IN ('waiting', 'lasting', 'over', 'cancelled', 'refused')),
  CONSTRAINT "schedule_order" CHECK ("ends" > "starts"),
  CONSTRAINT "schedule_due" CHECK (("due" IS NOT NULL) = ("state" IN ('waiting', 'lasting')))
);
CREATE INDEX "schedule_due_idx" ON "schedule" ("due") WHERE "due" IS NOT NULL;
CREATE INDEX "schedule_campaign_idx" ON "schedule" ("application_id", "campaign_id", "id");
CREATE INDEX "schedule_operation_idx" ON "schedule" ("application_id", "operation_id") WHERE "operation_id" IS NOT NULL;
CREATE INDEX "schedule_undo_idx" ON "schedule" ("application_id", "undo_id") WHERE "undo_id" IS NOT NULL;
