-- Long migrations are done by a worker, in steps and under a lease, while the service answers. A migration that needs one
-- writes its name here; prisma/background/steps.ts says what it does. One that has not started waits; the oldest goes first.
CREATE TABLE "background_migration" (
  "name" TEXT NOT NULL,
  "started" TIMESTAMPTZ(3),
  "finished" TIMESTAMPTZ(3),
  "lease_owner" TEXT,
  "lease_until" TIMESTAMPTZ(3),
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "problem" TEXT,
  CONSTRAINT "background_migration_pkey" PRIMARY KEY ("name")
);

INSERT INTO "background_migration" ("name") VALUES ('20261128143000_fold_stored');
