-- Saved views of a campaign's list of referrals: `query` is the list's address without its page.
CREATE TABLE "view" (
  "application_id" INTEGER NOT NULL,
  "id" BIGSERIAL NOT NULL,
  "campaign_id" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "query" TEXT NOT NULL,
  "version" INTEGER NOT NULL DEFAULT 1,
  "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "view_pkey" PRIMARY KEY ("application_id", "id"),
  CONSTRAINT "view_application_id_campaign_id_fkey" FOREIGN KEY ("application_id", "campaign_id")
    REFERENCES "campaign" ("application_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX "view_application_id_campaign_id_name_key" ON "view" ("application_id", "campaign_id", "name");
