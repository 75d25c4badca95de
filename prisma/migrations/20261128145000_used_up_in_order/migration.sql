-- Codes that are used up are listed by their redemptions too: their index is in that order.
DROP INDEX "redeemed_used_up_idx";
CREATE INDEX "redeemed_used_up_idx" ON "redeemed" ("application_id", "campaign_id", "usage_counter", "id") WHERE "used_up";
