-- Changes of more than a number of codes that a second person has to approve; null where nobody has to.
ALTER TABLE "application" ADD COLUMN "approval_above" INTEGER
  CONSTRAINT "application_approval_above_check" CHECK ("approval_above" BETWEEN 0 AND 10000000);

-- A plan that waits for approval, and one that ended without it, keep their rows as they were asked for.
ALTER TABLE "operation" DROP CONSTRAINT "operation_state_check",
  ADD CONSTRAINT "operation_state_check"
  CHECK ("state" IN ('planning', 'planned', 'waiting', 'running', 'applied', 'ended', 'dropped'));

-- Who asked for the approval of a plan, and who decided. Nobody decides what they asked for themselves.
CREATE TABLE "approval" (
  "application_id" INTEGER NOT NULL,
  "operation_id" BIGINT NOT NULL,
  "campaign_id" INTEGER NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'waiting',
  "note" TEXT NOT NULL DEFAULT '',
  "asked" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
  "asked_kind" TEXT NOT NULL,
  "asked_id" TEXT NOT NULL,
  "asked_name" TEXT NOT NULL,
  "asked_role" TEXT,
  "decided" TIMESTAMPTZ(3),
  "decided_kind" TEXT,
  "decided_id" TEXT,
  "decided_name" TEXT,
  "decided_role" TEXT,
  "reason" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "approval_pkey" PRIMARY KEY ("application_id", "operation_id"),
  CONSTRAINT "approval_operation_fkey" FOREIGN KEY ("application_id", "operation_id") REFERENCES "operation" ("application_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT "approval_state" CHECK ("state" IN ('waiting', 'approved', 'refused', 'withdrawn', 'undecided', 'unneeded')),
  CONSTRAINT "approval_decided" CHECK (("state" = 'waiting') = ("decided" IS NULL) AND ("decided" IS NULL) = ("decided_id" IS NULL)),
  CONSTRAINT "approval_second" CHECK ("state" NOT IN ('approved', 'refused') OR ("decided_kind" = 'person' AND "decided_id" <> "asked_id")),
  CONSTRAINT "approval_reason" CHECK ("state" <> 'refused' OR "reason" <> ''),
  CONSTRAINT "approval_texts" CHECK (char_length("note") <= 500 AND char_length("reason") <= 500)
);
CREATE INDEX "approval_waiting_idx" ON "approval" ("asked") WHERE "state" = 'waiting';
CREATE INDEX "approval_campaign_idx" ON "approval" ("application_id", "campaign_id", "asked" DESC);
