-- The ledger of redemptions, of which a code's counter is the sum: what is taken back gets a row of the opposite amount, and no
-- row ever goes. Of the rows that stand, a session has one for a code, and a friend one in an application. IDs can be
-- longer than an index entry: two hashes of 64 bits stand for them.
ALTER TABLE "redemption" ADD COLUMN "amount" SMALLINT NOT NULL DEFAULT 1,
  ADD COLUMN "reverses_id" BIGINT,
  ADD COLUMN "taken_back" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "redemption" ADD CONSTRAINT "redemption_amount_check" CHECK ("amount" IN (1, -1)),
  ADD CONSTRAINT "redemption_opposite_check" CHECK (("amount" = -1) = ("reverses_id" IS NOT NULL) AND ("amount" = 1 OR NOT "taken_back"));
CREATE UNIQUE INDEX "redemption_session_key" ON "redemption" ("application_id", "referral_id",
  hashtextextended("session_integration_id", 0), hashtextextended("session_integration_id", 1)) WHERE "amount" = 1 AND NOT "taken_back";
CREATE UNIQUE INDEX "redemption_friend_key" ON "redemption" ("application_id",
  hashtextextended("friend_integration_id", 0), hashtextextended("friend_integration_id", 1)) WHERE "amount" = 1 AND NOT "taken_back";
CREATE UNIQUE INDEX "redemption_reverses_key" ON "redemption" ("application_id", "reverses_id") WHERE "reverses_id" IS NOT NULL;
