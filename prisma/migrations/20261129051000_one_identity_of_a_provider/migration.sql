-- Somebody has one identity of a provider, and one password: who is linked already is no longer known by an address.
CREATE UNIQUE INDEX "credential_provider_id_person_id_key" ON "credential" ("provider_id", "person_id");
