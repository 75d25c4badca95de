-- The fields of a code stand in lib/codes/fields.ts alone; statements are written from there.
DROP FUNCTION "referral_fields"("referral");
DROP FUNCTION "referral_value"("referral", text);
