-- Stored selections: frozen sets of referrals that a list is narrowed to, and that operations and exports are about.
-- CreateTable
CREATE TABLE "selection" (
    "application_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "actor" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "filter" JSONB,
    "count" INTEGER NOT NULL DEFAULT 0,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "selection_pkey" PRIMARY KEY ("application_id","id")
);

-- CreateTable: unlogged, because a selection that a crash loses is chosen again; `count` tells that it is lost.
CREATE UNLOGGED TABLE "selection_row" (
    "application_id" INTEGER NOT NULL,
    "selection_id" BIGINT NOT NULL,
    "referral_id" BIGINT NOT NULL,

    CONSTRAINT "selection_row_pkey" PRIMARY KEY ("application_id","selection_id","referral_id")
);

-- CreateIndex
CREATE INDEX "selection_created_idx" ON "selection"("created");

-- AddForeignKey
ALTER TABLE "selection" ADD CONSTRAINT "selection_application_id_campaign_id_fkey" FOREIGN KEY ("application_id", "campaign_id") REFERENCES "campaign"("application_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "selection" ADD CHECK ("origin" IN ('ticked', 'matching', 'pasted')), ADD CHECK ("count" >= 0),
  ADD CHECK (("origin" = 'matching') = ("filter" IS NOT NULL));
