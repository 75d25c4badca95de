-- What shops ask over the API: keys, the answers that are kept for a repeated request, customers, their sessions, and budgets.
-- IDs from outside can be longer than an index entry: two hashes of 64 bits stand for them, as in the ledger.

CREATE TABLE "api_key" (
    "application_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "permissions" TEXT[] NOT NULL,
    "per_second" INTEGER NOT NULL,
    "expires" TIMESTAMPTZ(3),
    "revoked" TIMESTAMPTZ(3),
    "last_used" TIMESTAMPTZ(3),
    "replaces_id" BIGINT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("application_id", "id"),
    CONSTRAINT "api_key_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "application" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX "api_key_application_id_hash_key" ON "api_key" ("application_id", "hash");
ALTER TABLE "api_key" ADD CHECK ("kind" IN ('integration', 'management')), ADD CHECK ("per_second" BETWEEN 1 AND 100000);

-- How much of its rate a key has used: for now only, so a crash may forget it.
CREATE UNLOGGED TABLE "api_rate" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "api_rate_pkey" PRIMARY KEY ("key")
);

-- A request with an Idempotency-Key: being carried out while it has no status, until its lease is over.
CREATE TABLE "api_answer" (
    "application_id" INTEGER NOT NULL,
    "key_id" BIGINT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "status" INTEGER,
    "body" TEXT,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "lease_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_answer_pkey" PRIMARY KEY ("application_id", "key_id", "idempotency_key")
);
CREATE INDEX "api_answer_created_idx" ON "api_answer" ("created");

CREATE TABLE "customer_profile" (
    "application_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "integration_id" TEXT NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "customer_profile_pkey" PRIMARY KEY ("application_id", "id")
);
CREATE UNIQUE INDEX "customer_profile_key" ON "customer_profile" ("application_id",
  hashtextextended("integration_id", 0), hashtextextended("integration_id", 1));

-- `code_key` is the session's referral code under the application's case rule, `redemption_id` what it redeemed and did not take back.
CREATE TABLE "customer_session" (
    "application_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "integration_id" TEXT NOT NULL,
    "profile_integration_id" TEXT,
    "state" TEXT NOT NULL,
    "referral_code" TEXT,
    "code_key" TEXT,
    "redemption_id" BIGINT,
    "first_session" BOOLEAN NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "effects" JSONB NOT NULL DEFAULT '[]',
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "updated" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "customer_session_pkey" PRIMARY KEY ("application_id", "id")
);
ALTER TABLE "customer_session" ADD CHECK ("state" IN ('open', 'closed', 'partially_returned', 'cancelled'));
CREATE UNIQUE INDEX "customer_session_key" ON "customer_session" ("application_id",
  hashtextextended("integration_id", 0), hashtextextended("integration_id", 1));
CREATE INDEX "customer_session_code_idx" ON "customer_session" ("application_id", "code_key", "id" DESC) WHERE "code_key" IS NOT NULL;
CREATE INDEX "customer_session_profile_idx" ON "customer_session" ("application_id", hashtextextended("profile_integration_id", 0))
  WHERE "profile_integration_id" IS NOT NULL;

-- What a campaign allows in all, to each friend or of each code, for ever or in a day, week, month or year.
CREATE TABLE "budget" (
    "application_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "entity" TEXT,
    "period" TEXT,
    "amount" DOUBLE PRECISION NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "budget_pkey" PRIMARY KEY ("application_id", "id"),
    CONSTRAINT "budget_campaign_fkey" FOREIGN KEY ("application_id", "campaign_id") REFERENCES "campaign" ("application_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX "budget_key" ON "budget" ("application_id", "campaign_id", "action", coalesce("entity", ''), coalesce("period", ''));
ALTER TABLE "budget" ADD CHECK ("action" IN ('redeemReferral', 'createReferral')), ADD CHECK ("entity" IN ('Profile', 'Referral')),
  ADD CHECK ("period" IN ('daily', 'weekly', 'monthly', 'yearly')), ADD CHECK ("amount" >= 0);

-- How much of a budget is used: `subject` is the friend's or code's, empty for the campaign's; `begins` is when the period began.
CREATE TABLE "budget_use" (
    "application_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "budget_id" BIGINT NOT NULL,
    "subject" TEXT NOT NULL,
    "begins" TIMESTAMPTZ(3) NOT NULL,
    "counter" INTEGER NOT NULL,

    CONSTRAINT "budget_use_pkey" PRIMARY KEY ("application_id", "id")
) WITH (fillfactor = 50);
CREATE UNIQUE INDEX "budget_use_key" ON "budget_use" ("application_id", "budget_id", "subject", "begins");
ALTER TABLE "budget_use" ADD CHECK ("counter" >= 0);

-- The uses of budgets that a redemption counts in, which it gives back when it is taken back.
ALTER TABLE "redemption" ADD COLUMN "held" BIGINT[];

ALTER TABLE "campaign" ADD COLUMN "tags" TEXT[] NOT NULL DEFAULT '{}';
