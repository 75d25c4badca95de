-- Since when somebody may not sign in; null for who may.
ALTER TABLE person ADD COLUMN disabled timestamptz(3);
