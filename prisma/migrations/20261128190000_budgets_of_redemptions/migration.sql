-- A budget of codes that rules make limits nothing, because here are no rules; nothing ever counted in one.
DELETE FROM "budget" WHERE "action" = 'createReferral';
ALTER TABLE "budget" DROP CONSTRAINT "budget_action_check", ADD CONSTRAINT "budget_action_check" CHECK ("action" = 'redeemReferral');
